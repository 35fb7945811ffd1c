import type { Generator } from './generator.ts'

/** What was counted, k6's own counts where it left any. */
export interface Counts {
  iterations: number
  dropped: number
  /** Iterations that k6 interrupted; absent where nobody counted them. */
  interrupted?: number
  requests: number
  checks: number
  failedChecks: number
  /** Checks were made, and nobody counted them: of a plain script k6 pushes their share alone. */
  uncountedChecks?: true
}

/** One process of k6: what it was, how it ended, what it counted. */
export interface Instance {
  /** The value of the tag `instance_id` of its series, `1`, where several made the run. */
  id?: string
  /** The part of the load that was its own, as k6 was told: `1/3:2/3`. */
  segment?: string
  /** When it was told to begin, and when it had ended (ISO 8601, UTC), where several made the run. */
  started?: string
  ended?: string
  /** How it was lost, where it ended before the others, or never began: `was killed (SIGKILL)`. */
  lost?: string
  /** Why what came under its name is not one run of one k6, where others pushed it: `began anew`. */
  unsound?: string
  /** Seconds for which no push of it came, where its own figures are not known. */
  unheard?: number
  /** How far its clock is ahead of the collector's, where it pushed to one (ms, to about a second). */
  aheadMs?: number
  /** Where its load came from, if somebody said it. */
  region?: string
  k6: { version: string; path: string; command: string[] }
  /** The class of its machine, `linux x64, 2 CPUs, 8 GiB`; absent in older records, and where the load was made elsewhere. */
  machine?: string
  /** k6's own exit code; absent while it runs, where a signal ended it, and where nobody told it. */
  exit?: number
  /** The file in the run's folder with k6's own figures; absent where it left none. */
  summary?: string
  /** Absent until it has ended, and where the load was made elsewhere. */
  counts?: Counts
  /** What was seen of its machine in the judged time; absent where it cannot be looked at. */
  generator?: Generator
}

/** What all instances counted together. */
export function sumOf(instances: readonly Pick<Instance, 'counts'>[]): Counts {
  const counts = instances.flatMap((one) => one.counts ?? [])
  const sum = (key: Exclude<keyof Counts, 'uncountedChecks'>): number =>
    counts.reduce((all, one) => all + (one[key] ?? 0), 0)
  const isCounted = counts.some(({ interrupted }) => interrupted !== undefined)
  return {
    iterations: sum('iterations'),
    dropped: sum('dropped'),
    ...(isCounted ? { interrupted: sum('interrupted') } : {}),
    requests: sum('requests'),
    checks: sum('checks'),
    failedChecks: sum('failedChecks'),
    ...(counts.some(({ uncountedChecks }) => uncountedChecks) ? { uncountedChecks: true } : {}),
  }
}

/** The versions of k6 that made a run, `v2.2.0`; empty where nobody knows any. */
export const versionsOf = (instances: readonly Pick<Instance, 'k6'>[]): string =>
  [...new Set(instances.map(({ k6 }) => k6.version))].filter((version) => version !== '').join(', ')
