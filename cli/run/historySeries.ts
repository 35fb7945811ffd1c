import type { Pushed } from '../prometheus/index.ts'
import type { HISTORY_SERIES } from '../record/index.ts'
import { dayOf, type History, type HistorySeries } from '../verdict/index.ts'
import { boundedLabels, type SeriesLabels } from './seriesWriter.ts'

/** Changes of a series of runs that are written at most, the newest ones; and owners. */
const MAX_CHANGES = 20
const MAX_OWNERS = 50

/** The series of a history, all at one time (ms since 1970): its changes, and the accounts of owners. */
export function historySeries({ series, accounts }: History, at: number): Pushed[] {
  const write = (
    name: keyof typeof HISTORY_SERIES,
    value: number | undefined,
    labels: SeriesLabels,
  ): Pushed[] =>
    value === undefined
      ? []
      : [{ name, labels: boundedLabels(labels), samples: [{ at, value }], histograms: [] }]
  return [
    ...series.flatMap((one) => trend(one, at / 1000, write)),
    ...accounts.slice(0, MAX_OWNERS).flatMap((account) => {
      const { owner, runs, violations, overrides, waived, inForce, expired, recoveredAfterMs } = account
      return [
        ...write('loadwright_history_owner_runs', runs, { owner }),
        ...write('loadwright_history_owner_violations', violations, { owner }),
        ...write('loadwright_history_owner_overrides', overrides, { owner }),
        ...write('loadwright_history_owner_waived', waived, { owner }),
        ...write('loadwright_history_owner_waivers', inForce.length, { owner, state: 'in force' }),
        ...write('loadwright_history_owner_waivers', expired.length, { owner, state: 'expired' }),
        ...write(
          'loadwright_history_owner_recovery_seconds',
          recoveredAfterMs === undefined ? undefined : recoveredAfterMs / 1000,
          { owner },
        ),
      ]
    }),
  ]
}

function trend(
  { conditions, figures, changes }: HistorySeries,
  seconds: number,
  write: (name: keyof typeof HISTORY_SERIES, value: number, labels: SeriesLabels) => Pushed[],
): Pushed[] {
  const { suite, profile, environment } = conditions
  const runs = { suite, profile, environment }
  return [
    ...write('loadwright_history_time_seconds', seconds, runs),
    ...write('loadwright_history_runs', figures, runs),
    ...changes.slice(0, MAX_CHANGES).flatMap(({ kind, verdict, text, run }) => {
      const { id: testid, commit, version, startedAt } = run
      const place = { testid, git_commit: commit, version, date: dayOf(startedAt) }
      return write('loadwright_history_change_time_seconds', seconds, {
        ...runs,
        ...place,
        kind,
        verdict,
        text,
      })
    }),
  ]
}
