import { sum } from '../../../config/sum.ts'
import { series } from '../query.ts'
import type { RunRecord } from '../runRecord.ts'
import { CHECKS } from '../signals.ts'
import type { Store } from '../store.ts'
import type { Measurement } from './measuredRun.ts'

/** The metric of failed checks: the library's counter, which a plain script does not have. */
export const FAILED_CHECKS = CHECKS.failed.metric

/** How often a check failed, and of how many; whole numbers, because both are counts. */
const failedOf = (
  part: number,
  of: number,
): Pick<Measurement & { kind: 'share' }, 'kind' | 'part' | 'of'> => ({
  kind: 'share',
  part: Math.min(Math.round(part), Math.round(of)),
  of: Math.round(of),
})

/**
 * The failed ones of each check: of a suite by step in these phases, of a plain script, which has no phases, of the whole
 * run. k6's Rate has the share of a check in a phase, but not of how many; a step asks each of its checks equally often.
 */
export const checksOf = (record: RunRecord, store: Store, phases: readonly string[]): Measurement[] =>
  record.script === undefined ? ofSuite(store, phases) : ofScript(record)

function ofScript({ checks }: RunRecord): Measurement[] {
  const names = [...new Set(checks.map(({ name }) => name))]
  return names.flatMap((check): Measurement[] => {
    const all = checks.filter(({ name }) => name === check)
    const fails = sum(all.map((one) => one.fails))
    const of = fails + sum(all.map(({ passes }) => passes))
    return of > 0 ? [{ metric: FAILED_CHECKS, check, phase: '', ...failedOf(fails, of) }] : []
  })
}

function ofSuite(store: Store, phases: readonly string[]): Measurement[] {
  const counters = [CHECKS.ok, CHECKS.failed].flatMap(({ metric }) => series(store, metric))
  const tags = [...new Set(counters.flatMap(({ labels }) => Object.keys(labels)))].sort()
  const keyOf = (labels: Readonly<Record<string, string>>): string =>
    JSON.stringify(tags.map((tag) => labels[tag] ?? ''))
  const asked = new Map<string, number>()
  for (const one of counters)
    if (one.kind === 'counter') asked.set(keyOf(one.labels), (asked.get(keyOf(one.labels)) ?? 0) + one.total)
  const rates = series(store, CHECKS.okShare).flatMap((one) => {
    const { check, journey, step, phase = '' } = one.labels
    if (one.kind !== 'gauge' || check === undefined || !phases.includes(phase)) return []
    return [{ place: { journey, step, check, phase }, key: keyOf(one.labels), held: one.value }]
  })
  const found = new Map<string, { place: (typeof rates)[number]['place']; part: number; of: number }>()
  for (const { place, key, held } of rates) {
    const of = (asked.get(key) ?? 0) / rates.filter((one) => one.key === key).length
    const name = JSON.stringify(place)
    const known = found.get(name) ?? { place, part: 0, of: 0 }
    found.set(name, { place, part: known.part + (1 - held) * of, of: known.of + of })
  }
  return [...found.values()].flatMap(({ place, part, of }): Measurement[] => {
    const { journey, step, check, phase } = place
    if (of < 1 || journey === undefined || step === undefined) return []
    return [{ metric: FAILED_CHECKS, journey, step, check, phase, ...failedOf(part, of) }]
  })
}
