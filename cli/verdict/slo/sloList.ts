import { SLOS_OF_DOORS } from '../../../config/environments.ts'
import type { Tolerance } from '../../../config/gate.ts'
import { nearest } from '../../../config/problem/nearest.ts'
import { limitsOf, ownerOf, type Slos } from '../../../config/slos.ts'
import { parseThresholdKey } from '../../../config/thresholds/thresholdKey.ts'
import { defined, plural } from '../../base/index.ts'
import type { RunRecord } from '../../record/index.ts'
import { isOf, type CasePlace } from '../gate/waived.ts'
import type { Waiver } from '../gate/waiver.ts'
import type { ListedSlo, ListedTolerance, SloList } from './listed.ts'
import type { RecentRun } from './recentRuns.ts'
import { heldIn, replacingIn, resultIn, type SloLimit } from './sloResults.ts'
import { decisionOf, toleratedIn } from './toleranceResults.ts'

/** What a list of SLOs is made of. */
export interface SloQuestion {
  /** The SLOs of each environment that is listed. */
  readonly environments: Readonly<Record<string, Slos>>
  readonly tolerances: readonly Tolerance[]
  /** Those in force. */
  readonly waivers: readonly Waiver[]
  readonly runs: readonly RecentRun[]
  readonly last: number
}

/** Lists SLOs and tolerances with what the newest runs made of them. */
export async function sloList(question: SloQuestion): Promise<SloList> {
  const { environments, runs, last } = question
  const slos = Object.entries(environments).flatMap(([name, own]) => ofEnvironment(name, own, question))
  const tolerances = await tolerancesIn(question)
  return {
    schema: 1,
    last,
    runs: runs.length,
    slos: unjudgedFirst(slos),
    tolerances: unjudgedFirst(tolerances),
  }
}

/** What was never judged, then what fell last, then the rest. */
const unjudgedFirst = <T extends ListedSlo | ListedTolerance>(list: readonly T[]): T[] =>
  list.toSorted((a, b) => rankOf(a) - rankOf(b))

const rankOf = ({ of, results }: ListedSlo | ListedTolerance): number =>
  of === 0 ? 0 : results.find(({ result }) => result !== 'no samples')?.result === 'fail' ? 1 : 2

function ofEnvironment(environment: string, slos: Slos, { runs, waivers }: SloQuestion): ListedSlo[] {
  const records = runs.map(({ record }) => record).filter((one) => one.environment === environment)
  const suites = [...new Set(records.map(({ suite }) => suite))]
  return Object.entries(slos).flatMap(([key, entry]) =>
    limitsOf(entry).flatMap((threshold): ListedSlo[] => {
      const { metric, tags } = parseThresholdKey(key) ?? { metric: key, tags: {} }
      const place = { metric, journey: tags.journey, step: tags.step }
      const about = { environment, key, threshold, ...defined({ ...place, owner: ownerOf(entry) }) }
      const listed = suites.flatMap((suite) => {
        const own = records.filter((one) => one.suite === suite)
        const results = own.flatMap((one) => resultIn(one, { key, threshold }) ?? [])
        if (results.length === 0) return []
        const counts = heldIn(results)
        const why = counts.of === 0 ? whyNot(own, { key, threshold }) : undefined
        return [{ ...about, suite, results, ...counts, waivers: on(place, waivers), ...defined({ why }) }]
      })
      if (listed.length > 0 || isOfSomeSuites(key, entry)) return listed
      const why = whyNot(records, { key, threshold })
      return [{ ...about, results: [], held: 0, of: 0, waivers: on(place, waivers), why }]
    }),
  )
}

/** A limit that every environment has for those suites that make calls or operations. */
const isOfSomeSuites = (key: string, entry: Slos[string]): boolean => entry === (SLOS_OF_DOORS as Slos)[key]

/** Why no run judged a limit. */
function whyNot(records: readonly RunRecord[], { key, threshold }: SloLimit): string {
  if (records.length === 0) return 'no runs'
  const { journey, step } = parseThresholdKey(key)?.tags ?? {}
  const journeys = records.flatMap((one) => one.journeys)
  const steps = journeys.flatMap((one) => one.steps.map(({ name }) => name))
  const unknown =
    unknownIn(
      'journey',
      journey,
      journeys.map(({ name }) => name),
    ) ?? unknownIn('step', step, steps)
  if (unknown !== undefined) return unknown
  const replaced = replacingBy(records, key)
  if (replaced.length > 0) return `replaced by the own threshold of ${replaced.join('; of ')}`
  const silent = records.filter((one) => resultIn(one, { key, threshold })?.result === 'no samples').length
  return silent > 0
    ? `no samples in ${plural(silent, 'run')}`
    : `not judged in ${plural(records.length, 'run')}`
}

/** Which limits of its own each suite has in the place of the environment's, in its newest run: `boutique: p(95)<800`. */
function replacingBy(records: readonly RunRecord[], key: string): string[] {
  const found = new Map<string, string>()
  for (const one of records) {
    const limits = replacingIn(one, key)
    if (limits.length > 0 && !found.has(one.suite)) found.set(one.suite, limits.join(', '))
  }
  return [...found].map(([suite, limits]) => `${suite}: ${limits}`)
}

function unknownIn(
  what: 'journey' | 'step',
  word: string | undefined,
  known: readonly string[],
): string | undefined {
  if (word === undefined || known.includes(word)) return undefined
  const near = nearest(word, known)
  return `no run has this ${what}${near === undefined ? '' : `: did you mean ${JSON.stringify(near)}?`}`
}

async function tolerancesIn({
  tolerances,
  environments,
  runs,
  waivers,
}: SloQuestion): Promise<ListedTolerance[]> {
  const decided = await Promise.all(
    runs.map(async (run) => ({ run, cases: (await decisionOf(run))?.cases ?? [] })),
  )
  return tolerances
    .filter(({ environment }) => environment === undefined || Object.hasOwn(environments, environment))
    .map((one): ListedTolerance => {
      const { metric, journey, step, environment, limit, owner } = one
      const results = decided.flatMap(({ run, cases }) => toleratedIn(run, cases, one, tolerances) ?? [])
      const about = { metric, ...defined({ journey, step, environment }), limit, owner }
      return { ...about, results, ...heldIn(results), waivers: on({ metric, journey, step }, waivers) }
    })
}

const on = (place: CasePlace, waivers: readonly Waiver[]): Waiver[] =>
  waivers.filter((one) => isOf(one, place))
