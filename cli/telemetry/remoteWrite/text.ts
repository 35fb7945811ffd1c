import type { ReplayedQueue } from './replay.ts'
import type { WaitingRun } from './waiting.ts'

/** How many pushes are left on disk. */
export function remaining(replayed: readonly ReplayedQueue[]): number {
  return replayed.reduce((sum, { pushes, outcome }) => sum + (outcome ? outcome.queued : pushes), 0)
}

/** How many pushes nobody can send any more. */
export function lostOf(replayed: readonly ReplayedQueue[]): number {
  return replayed.reduce((sum, { outcome }) => sum + (outcome?.lost ?? 0), 0)
}

/** What waits, as lines: nothing is sent. */
export function plannedText(runs: readonly WaitingRun[], url: string | undefined): string {
  if (runs.length === 0) return NOTHING
  return runs
    .map(({ run, pushes, bytes, from, inUse, memory }) => {
      const to = url ?? memory?.url ?? 'nowhere known: give --remote-write URL'
      const size = `${pushes} pushes, ${Math.ceil(bytes / 1024)} KiB, from ${new Date(from).toISOString()}`
      return `${run}  ${size}, to ${to}${inUse ? ' (in use)' : ''}`
    })
    .join('\n')
}

/** What became of it, as lines. */
export function replayedText(replayed: readonly ReplayedQueue[]): string {
  return replayed.length === 0 ? NOTHING : replayed.map(line).join('\n')
}

const NOTHING = 'nothing waits'

function line({ run, pushes, outcome, left }: ReplayedQueue): string {
  if (!outcome) return `${run}  ${pushes} pushes left: ${left ?? ''}`
  const { url, sent, samples, queued, lost, tooOld, problems } = outcome
  const rest = `${queued > 0 ? `; ${queued} pushes left` : ''}${lost > 0 ? `; ${lost} pushes damaged` : ''}`
  return [
    `${run}  ${sent} pushes sent, ${samples} samples, to ${url}${rest}`,
    ...(tooOld ? [`  ${tooOld.samples} samples not taken: ${tooOld.file}`, `  ${tooOld.command}`] : []),
    ...problems.map((problem) => `  ${problem}`),
  ].join('\n')
}
