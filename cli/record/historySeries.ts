/** What is known of a series that `loadwright history --remote-write` writes. All are gauges. */
export interface HistoryGauge {
  readonly meaning: string
  readonly labels: readonly string[]
}

/** What runs a trend is of. */
const OF_RUNS = ['suite', 'profile', 'environment'] as const

/**
 * Series of a whole history: what changed, and who answered for what. A change is of the newest history if its value is
 * that of `loadwright_history_time_seconds`: the next history may find it elsewhere, or not at all.
 */
export const HISTORY_SERIES = {
  loadwright_history_time_seconds: {
    meaning: 'When the trend of these runs was made (Unix time)',
    labels: OF_RUNS,
  },
  loadwright_history_runs: { meaning: 'Runs of this trend that have figures', labels: OF_RUNS },
  loadwright_history_change_time_seconds: {
    meaning:
      'A change; its value is when the trend was made (Unix time). `date`, `testid`, `git_commit` and `version` are those of the first run of the new level',
    labels: [...OF_RUNS, 'testid', 'verdict', 'kind', 'date', 'git_commit', 'version', 'text'],
  },
  loadwright_history_owner_runs: {
    meaning: 'Runs in which something was judged that an owner answers for',
    labels: ['owner'],
  },
  loadwright_history_owner_violations: { meaning: 'Those in which it was violated', labels: ['owner'] },
  loadwright_history_owner_overrides: {
    meaning: 'Those that somebody let through in spite of it',
    labels: ['owner'],
  },
  loadwright_history_owner_waived: { meaning: 'Those that a waiver let through', labels: ['owner'] },
  loadwright_history_owner_waivers: {
    meaning: 'Waivers of an owner; `state` is `in force` or `expired`',
    labels: ['owner', 'state'],
  },
  loadwright_history_owner_recovery_seconds: {
    meaning: 'How long it took in the middle until what was violated was right again',
    labels: ['owner'],
  },
} as const satisfies Record<string, HistoryGauge>
