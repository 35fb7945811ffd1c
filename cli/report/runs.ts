import pc from 'picocolors'
import { formatDuration } from '../../config/duration.ts'
import { alignTable, printable } from '../base/index.ts'
import { PAINT } from './text.ts'
import { shortCommit, type Damaged, type Listed } from '../record/index.ts'

/** Which runs are meant: each that is given must match. */
export interface WantedRuns {
  suite?: string
  profile?: string
  environment?: string
  verdict?: string
  /** Started after this time, milliseconds since 1970. */
  after?: number
}

/** The runs that are meant, in their order. */
export function filterRuns(runs: readonly Listed[], { after, ...wanted }: WantedRuns): Listed[] {
  return runs.filter(
    (run) =>
      Object.entries(wanted).every(([key, value]) => run[key as keyof typeof wanted] === value) &&
      (after === undefined || Date.parse(run.startedAt) >= after),
  )
}

/** What lies damaged, one a line, with why. */
export const damagedText = (damaged: readonly Damaged[]): string =>
  damaged
    .map(({ folder, why }) => `${pc.yellow('damaged')}  ${printable(folder)}: run.json: ${printable(why)}`)
    .join('\n')

/** A list of runs for a terminal, one a line. */
export function runsText(
  runs: readonly Listed[],
  { all, results }: { all: number; results: string },
): string {
  if (runs.length === 0) return `no runs like that under ${printable(results)}`
  const rows = runs.map(
    ({ id, verdict, state, profile, environment, seconds, requests, startedAt, commit }) => [
      PAINT[verdict](state === 'running' ? 'no end' : verdict),
      printable(id),
      printable(`${profile} on ${environment}`),
      startedAt.slice(0, 16).replace('T', ' '),
      seconds === undefined ? '' : formatDuration(seconds * 1000),
      `${requests}`,
      commit === undefined ? '' : shortCommit(commit),
    ],
  )
  const head = ['verdict', 'run', 'profile', 'started (UTC)', 'took', 'requests', 'commit'].map((word) =>
    pc.dim(word),
  )
  const more = all > runs.length ? [pc.dim(`and ${all - runs.length} more: --limit ${all}`)] : []
  return [...alignTable([head, ...rows]), ...more].join('\n')
}
