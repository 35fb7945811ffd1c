import { CHECKS, JOURNEYS, SIGNALS, type Part, type Signal } from './signals.ts'

/** Counters from which the share of a Rate is computed: yes, and either all or no. */
export type MetricShare = { readonly yes: Part } & ({ readonly all: Part } | { readonly no: Part })

/** The counters of a Rate. Its gauge cannot be added up: it has no denominator. */
export function metricShare(rate: string): MetricShare {
  for (const { all, ok, failed, failedShare, okShare } of [
    ...SIGNALS,
    JOURNEYS,
    CHECKS,
  ] as readonly Signal[]) {
    const [yes, no] = rate === failedShare ? [failed, ok] : rate === okShare ? [ok, failed] : []
    if (yes && all) return { yes, all }
    if (yes && no) return { yes, no }
  }
  return { yes: { metric: `${rate}_nonzero` }, no: { metric: `${rate}_zero` } }
}
