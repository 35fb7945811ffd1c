import { quote } from '../../../config/problem/problem.ts'
import { defined } from '../../base/index.ts'
import type { PushRefusal } from '../../record/index.ts'
import { countOf, setupCode, type JoinedReport, type Order } from '../../run/index.ts'

/** What is known of an instance that was started by `run --join`. */
export interface Joined extends Omit<JoinedReport, 'setup'> {
  /** How the collector lost it, which it does not know. */
  readonly lost?: string
  /** When it told of itself first, and last, ms since 1970. */
  readonly first: number
  readonly last: number
}

/** What outlives a collector that is killed. */
export interface Kept {
  readonly joined: readonly Joined[]
  readonly stopping?: Stop
}

/** Why all are stopped before their end. */
export interface Stop {
  readonly why: string
  /** The exit code of the whole, where this decides it: a crossed threshold, `setup` that failed. */
  readonly code?: number
}

/** Lets the instances of a run begin together, run `setup` once, and end together. */
export interface Coordinator {
  /** Takes what an instance tells of itself, and says what it is to do; or why it has no part in the run. */
  take(report: JoinedReport, now: number): Order | PushRefusal
  /** Stops all; the first reason stays. */
  stop(stop: Stop): void
  /** Gives up those that are not ready to begin, and stops all. */
  giveUp(seconds: number): void
  /** Since when (ms since 1970) those who have come wait for their beginning; undefined where nobody does. */
  readonly waiting: number | undefined
  readonly stopping: Stop | undefined
  /** How many instances there are to be; 0 where nobody has said it. */
  readonly expect: number
  /** The first whose end was not its own. */
  readonly first: Joined | undefined
  joined(): readonly Joined[]
  kept(): Kept
}

/** What a coordinator knows of the run. */
export interface CoordinatorOptions {
  readonly sha256: string
  readonly expect: number | undefined
  /** Told when `setup` failed, in k6's words. */
  readonly onSetupFailed: (words: string) => void
}

/** Milliseconds from the decision to begin until all do: each has asked once by then. */
const LEAD_MS = 1500
/** Milliseconds without a word after which another may take the part of one that had not begun. */
const GONE_MS = 10_000
/** k6's exit codes of a load that came to its own end. */
const OWN_END: readonly (number | undefined)[] = [0, 110]

/** A coordinator that knows nobody, or those of a collector before it. */
export function createCoordinator(
  { sha256, expect, onSetupFailed }: CoordinatorOptions,
  before: Kept = { joined: [] },
): Coordinator {
  const all = new Map(before.joined.map((one) => [one.part.id, one]))
  let { stopping } = before
  let first = before.joined.find(isOddEnd)
  /** Released by a collector before this one, or at this time. */
  let begin = before.joined.some(({ started }) => started !== undefined) ? 0 : undefined
  let setup: { data?: unknown } | undefined
  const count = (): number => {
    const [one] = all.values()
    return expect ?? (one ? countOf(one.part) : 0)
  }
  const stop = (given: Stop): void => void (stopping ??= given)
  const whyNot = (report: JoinedReport, now: number): string | undefined => {
    const { part, session } = report
    const known = all.get(part.id)
    if (report.sha256 !== sha256)
      return `Instance ${quote(part.id)} has another bundle, ${report.sha256.slice(0, 12)}: that of the run is ${sha256.slice(0, 12)}. Both sides need the same files, and the same version of loadwright.`
    if (all.size > 0 || expect !== undefined) {
      const parts = countOf(report.part)
      if (parts !== count())
        return `Instance ${quote(part.id)} is one of ${parts} parts: this run has ${count()}.`
    }
    if (known === undefined || known.session === session) return undefined
    if (known.started === undefined && now - known.last > GONE_MS) return undefined
    return `Instance ${quote(part.id)} is there already, on ${known.host}: give each its own segment.`
  }
  const orderFor = (report: JoinedReport, now: number): Order => {
    const { part, state } = report
    if (state === 'ended') return { do: 'wait' }
    if (stopping) return { do: 'stop', why: stopping.why }
    if (state === 'over') return othersEnded(part.id) ? { do: 'teardown' } : { do: 'wait' }
    if (state === 'setUp') {
      if (report.setup?.failed !== undefined) {
        onSetupFailed(report.setup.failed)
        stop({ why: 'setup failed', code: setupCode(report.setup.failed) })
        return { do: 'stop', why: 'setup failed' }
      }
      setup = { data: report.setup?.data }
      begin ??= now + LEAD_MS
    }
    if (state === 'ready' || state === 'setUp') return beginning(part.id, now)
    return { do: 'wait' }
  }
  const beginning = (id: string, now: number): Order => {
    if (begin === undefined) {
      const ready = [...all.values()].filter(({ state }) => state === 'ready').length
      return id === '1' && ready === count() ? { do: 'setup' } : { do: 'wait' }
    }
    if (setup === undefined) {
      stop({ why: 'the collector was killed before all had begun' })
      return { do: 'stop', why: 'the collector was killed before all had begun' }
    }
    const shared = id === '1' ? undefined : setup.data
    return {
      do: 'begin',
      afterMs: Math.max(0, begin - now),
      ...(shared === undefined ? {} : { setup: shared }),
    }
  }
  const othersEnded = (id: string): boolean =>
    [...all.values()].every(({ part, state }) => part.id === id || state === 'ended')
  return {
    take(report, now) {
      const problem = whyNot(report, now)
      if (problem !== undefined) return { status: 409, problem }
      const { setup: _, ...rest } = report
      const before = all.get(report.part.id)
      const isKnown = before?.session === report.session
      const one: Joined = {
        ...rest,
        ...defined({ lost: isKnown ? before.lost : undefined }),
        first: isKnown ? before.first : now,
        last: now,
      }
      all.set(report.part.id, one)
      if (isOddEnd(one) && !stopping) {
        first = one
        stop({ why: `instance ${one.part.id} ${one.end?.lost ?? 'ended before its end'}` })
      }
      return orderFor(report, now)
    },
    stop,
    giveUp(seconds) {
      const late = [...all.values()].filter(({ state }) => state === 'starting')
      // Where all are ready, `setup` goes on in the first.
      const [first] = all.values()
      const lost = `was not ready to begin within ${seconds} s`
      for (const one of late.length > 0 ? late : first ? [first] : []) all.set(one.part.id, { ...one, lost })
      stop({ why: `not all were ready to begin within ${seconds} s` })
    },
    get waiting() {
      const first = Math.min(...[...all.values()].map((one) => one.first))
      const isBegun = begin !== undefined || stopping !== undefined
      return isBegun || all.size === 0 ? undefined : first
    },
    get stopping() {
      return stopping
    },
    get expect() {
      return count()
    },
    get first() {
      return first
    },
    joined: () => [...all.values()],
    kept: () => ({ joined: [...all.values()], ...(stopping ? { stopping } : {}) }),
  }
}

/** Whether an instance ended in any other way than by its own end. */
function isOddEnd({ end }: Joined): boolean {
  return end !== undefined && !OWN_END.includes(end.code)
}
