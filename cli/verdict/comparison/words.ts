import { CALLS, CONNECTING, OPERATIONS, WEB_VITALS } from '../../record/index.ts'
import { bytes, number, share, time } from '../../base/index.ts'
import type { Row, RowSubject, RowUnit } from './row.ts'

/** A figure in its unit. */
export function figureText(value: number, unit: RowUnit): string {
  if (unit === 'ms') return time(value)
  if (unit === 'share') return share(value)
  if (unit === 'bytes') return bytes(value)
  return unit === 'per second' ? `${number(value)}/s` : number(value)
}

const signed = (value: number, text: string): string => `${value < 0 ? '−' : '+'}${text}`

/** A change by what it is measured in: percent, or points of a share. */
export function changeText(change: number, unit: RowUnit, base: number | undefined): string {
  const size = Math.abs(change)
  if (unit === 'share') return signed(change, `${number(Number((size * 100).toPrecision(2)))} points`)
  if (base === undefined || base === 0) return signed(change, figureText(size, unit))
  const percent = (size / Math.abs(base)) * 100
  return signed(change, `${number(percent < 9.95 ? Number(percent.toFixed(1)) : Math.round(percent))} %`)
}

/** The same without a sign: how large noise is, or a change that can be found. */
export const sizeText = (size: number, unit: RowUnit, base: number | undefined): string =>
  changeText(size, unit, base).slice(1)

/** `p95 of place order +15 % (412 → 474 ms)`. */
export function rowText({
  name,
  base,
  candidate,
  change,
  unit,
}: Pick<Row, 'name' | 'base' | 'candidate' | 'change' | 'unit'>): string {
  if (base === undefined || candidate === undefined || change === undefined) return name
  const [from, to] = [figureText(base, unit), figureText(candidate, unit)]
  const [, value = from, same] = /^(\S+)( .*)$/.exec(from) ?? []
  const short = same !== undefined && to.endsWith(same) ? value : from
  return `${name} ${changeText(change, unit, base)} (${short} → ${to})`
}

const QUANTITY = { share: 'failed requests', 'per second': 'rate' } as const

const SHARES: Readonly<Record<string, string>> = {
  http_req_failed: QUANTITY.share,
  journey_failed: 'failures',
  [OPERATIONS.failedShare]: 'failed GraphQL operations',
  [CALLS.failedShare]: 'failed gRPC calls',
}

/** Metrics of what scripts name themselves, in a journey. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ...WEB_VITALS.map(({ metric, name }) => [metric, name] as const),
  [CONNECTING, 'connecting'],
])

/** What a figure is called beside its place: a quantile as it is, a share by what failed; undefined where its metric says it. */
export const figureName = ({
  metric,
  quantity,
}: Pick<RowSubject, 'metric' | 'quantity'>): string | undefined =>
  quantity === 'share' ? SHARES[metric] : quantity === 'per second' ? `${metric} per second` : quantity

/** What a row is of, for a sentence; a step's journey and a phase where they are needed to tell it from others. */
export function rowName(
  { metric, quantity, journey, step, scenario, request, check, region, phase }: RowSubject,
  isAmbiguous: { step: (step: string) => boolean; phases: boolean },
): string {
  const where = isAmbiguous.phases && phase !== '' ? ` in ${phase}` : ''
  const what = figureName({ metric, quantity })
  if (check !== undefined) {
    const of = step === undefined ? '' : ` of ${step}${isAmbiguous.step(step) ? ` in ${journey ?? ''}` : ''}`
    return `failed checks “${check}”${of}${where}`
  }
  if (region !== undefined) return `${what ?? metric} of the region ${region}${where}`
  const named = NAMED.get(metric)
  if (named !== undefined && request !== undefined)
    return `${quantity} of ${named} of ${request}${journey === undefined ? '' : ` in ${journey}`}${where}`
  if (step !== undefined)
    return `${what ?? metric} of ${step}${isAmbiguous.step(step) ? ` in ${journey ?? ''}` : ''}${where}`
  if (journey !== undefined) return `${what ?? metric} of the journey ${journey}${where}`
  if (request !== undefined) return `${what ?? metric} of the request ${request}${where}`
  const own = quantity === 'share' ? `share of ${metric}` : `${what ?? quantity} of ${metric}`
  if (quantity === 'per second') return `${what ?? quantity} of ${scenario ?? ''}${where}`
  return `${own}${scenario === undefined ? '' : ` of ${scenario}`}${where}`
}
