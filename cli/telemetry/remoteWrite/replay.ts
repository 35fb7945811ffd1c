import { takeLock } from '../../base/index.ts'
import { queueLock } from './entry.ts'
import { leave } from './leaveQueue.ts'
import type { WaitingRun } from './waiting.ts'
import { waitingRuns } from './waiting.ts'
import type { RetryPace } from './backoff.ts'
import { startPump } from './pump.ts'
import { openQueue } from './queue.ts'
import type { Access, Target } from './target.ts'
import { URL_VARIABLE } from './target.ts'
import type { ForwardOutcome } from '../../record/index.ts'

/** What is sent, and to whom. */
export interface ReplayOptions {
  /** The folder that run folders lie in. */
  readonly results: string
  /** One run alone. */
  readonly run?: string
  /** Only queues that go to this URL. */
  readonly only?: string
  /** Where to send instead of where each queue was to go. */
  readonly url?: string
  /** What opens the servers. */
  readonly access: Access
  /** The server that `access` is meant for, by the shell. */
  readonly shellUrl?: string
  readonly say: (text: string) => void
  /** Milliseconds for which a server may take nothing; 10 s unless told. */
  readonly patience?: number
  readonly signal?: AbortSignal
  readonly pace?: RetryPace
}

/** A run whose samples waited, and what became of them. */
export interface ReplayedQueue {
  readonly run: string
  /** Pushes that waited. */
  readonly pushes: number
  readonly outcome?: ForwardOutcome
  /** Why it was left alone. */
  readonly left?: string
}

const TIMEOUT_MS = 10_000

/** Sends what waits from former runs, the oldest first. What a living process has is left alone; nothing is thrown. */
export async function replayQueues(options: ReplayOptions): Promise<ReplayedQueue[]> {
  const { results, run, only } = options
  const silent = new Set<string>()
  const done: ReplayedQueue[] = []
  for (const one of await waitingRuns(results, run)) {
    if (options.signal?.aborted) break
    if (only !== undefined && one.memory?.url !== only) continue
    const replayed = await replay(one, options, silent)
    if (replayed.outcome && replayed.outcome.queued > 0) silent.add(replayed.outcome.url)
    done.push(replayed)
  }
  return done
}

async function replay(
  one: WaitingRun,
  options: ReplayOptions,
  silent: ReadonlySet<string>,
): Promise<ReplayedQueue> {
  const { run, folder, pushes, memory } = one
  const { access, say, patience = TIMEOUT_MS, signal, pace } = options
  const url = options.url ?? memory?.url
  const reason = reasonToLeave(one, url, options, silent)
  if (reason !== undefined || url === undefined) return { run, pushes, left: reason ?? '' }
  const unlock = await takeLock(queueLock(folder)).catch(() => undefined)
  if (!unlock) return { run, pushes, left: IN_USE }
  const target: Target = { url, access }
  const queue = await openQueue(folder)
  say(`${run}: ${pushes} pushes to ${url}`)
  const pump = startPump({
    folder,
    queue,
    target,
    say,
    replay: true,
    form: url === memory?.url ? memory.histograms : 'native',
    ...(pace ? { pace } : {}),
  })
  await pump.finish({ patience, ...(signal ? { signal } : {}) })
  return { run, pushes, outcome: await leave({ folder, target, queue, pump, say }, unlock) }
}

const IN_USE = 'a living process has it'

function reasonToLeave(
  { inUse, memory }: WaitingRun,
  url: string | undefined,
  { shellUrl, access, url: told }: ReplayOptions,
  silent: ReadonlySet<string>,
): string | undefined {
  if (inUse) return IN_USE
  if (url === undefined) return 'it does not know where it was to go: give --remote-write URL'
  if (silent.has(url)) return `${url} accepts no pushes`
  const isOpen = access.secrets.length === 0 && !('cert' in access.tls)
  if (isOpen || told !== undefined || shellUrl === undefined) return undefined
  return new URL(shellUrl).origin === new URL(url).origin
    ? undefined
    : `it was to go to ${memory?.url ?? ''}, and the credentials are for ${URL_VARIABLE}, ${shellUrl}: give --remote-write`
}
