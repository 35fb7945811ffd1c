import { defined, plural } from '../../base/index.ts'
import type { ListedSlo, ListedTolerance, SloResult } from '../../verdict/index.ts'
import { readLimit } from '../limits.ts'

/** What was never judged: the limit, where, whose, and why. */
export interface Unjudged {
  readonly what: string
  readonly why: string
}

export const HEADINGS = ['', 'environment', 'suite', 'owner', 'last', 'held', 'runs'] as const

/** Which runs the marks are of, the number of them and of each suite at most. */
export const lookedAtText = (runs: number, last: number): string =>
  `${plural(runs, 'run')}, at most ${last} of each suite in each environment; the newest is right`

/** The limit of an SLO in words: `p(95) of group_duration (step: place order) < 500 ms`. */
export function sloText({ key, threshold }: ListedSlo): string {
  const { metric, where, aggregation, limit } = limitOf({ key, threshold })
  const of = `${metric}${where === '' ? '' : ` (${where})`}`
  return aggregation === '' ? `${of}: ${limit}` : `${aggregation} of ${of} ${limit}`
}

const limitOf = ({ key, threshold }: Pick<ListedSlo, 'key' | 'threshold'>, value?: number | string) =>
  readLimit({
    metric: key,
    threshold,
    result: 'pass',
    ...defined({ value: typeof value === 'number' ? value : undefined }),
  })

/** A tolerated change in words: `group_duration (step: place order) +10%`. */
export function toleranceText({ metric, journey, step, limit }: ListedTolerance): string {
  const where = [
    ...(journey === undefined ? [] : [`journey: ${journey}`]),
    ...(step === undefined ? [] : [`step: ${step}`]),
  ]
  return `${metric}${where.length === 0 ? '' : ` (${where.join(', ')})`} ${limit}`
}

/** The cells of an SLO that runs judged, by {@link HEADINGS}. */
export function sloCells(slo: ListedSlo): string[] {
  const last = lastOf(slo.results)
  return [
    sloText(slo),
    slo.environment,
    slo.suite ?? '',
    slo.owner ?? '',
    last === undefined ? '' : (limitOf(slo, last.value).value ?? ''),
    heldText(slo),
    marks(slo.results),
  ]
}

/** The cells of a tolerance, by {@link HEADINGS}. */
export function toleranceCells(tolerance: ListedTolerance): string[] {
  const { environment = 'every', owner = '', results } = tolerance
  const value = lastOf(results)?.value ?? ''
  return [
    toleranceText(tolerance),
    environment,
    '',
    owner,
    String(value),
    heldText(tolerance),
    marks(results),
  ]
}

const lastOf = (results: readonly SloResult[]): SloResult | undefined =>
  results.find(({ result }) => result !== 'no samples')

const heldText = ({ held, of }: ListedSlo | ListedTolerance): string => `${held} of ${of}`

const MARKS: Readonly<Record<SloResult['result'], string>> = { pass: '✓', fail: '✗', 'no samples': '?' }

/** A mark for each run, the newest last. */
const marks = (results: readonly SloResult[]): string =>
  results
    .toReversed()
    .map(({ result }) => MARKS[result])
    .join('')

/** The waivers in force on something, a sentence each. */
export const waiverTexts = ({ waivers }: ListedSlo | ListedTolerance): string[] =>
  waivers.map(
    ({ limit, expires, ticket, owner }) => `waived: ${limit} until ${expires} (${ticket}, ${owner})`,
  )

/** What an SLO that was never judged is called, where it is and whose, and why it was not. */
export function unjudgedText(slo: ListedSlo): string {
  const { environment, suite, owner, why = 'no runs' } = slo
  const where = [environment, suite].filter(Boolean).join(', ')
  return `${sloText(slo)} in ${where}${owner === undefined ? '' : ` [${owner}]`}: ${why}`
}
