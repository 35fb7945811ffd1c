import { createClock, type Clock } from './clock.ts'
import { createJar, type Jar } from './http/jar.ts'
import { matchDefault, type Matches } from './http/expected.ts'
import { goErrorClass, Interrupt, type GoErrorClass, type Realm } from './realm.ts'
import { createRecording } from './recording.ts'
import { createRegistry, type Metric, type Registry } from './registry.ts'
import { liveTags, type LiveTags } from './tags.ts'
import { createTimers, type Timers } from './timers.ts'
import type { Perform, Recording, Respond, Scenario } from './types.ts'

/** Where a script is: k6 allows different things in each. */
export type Context = 'init' | 'setup' | 'iteration' | 'teardown' | 'handleSummary'

/** The one VU of a double. */
export interface Vu {
  id: number
  /** Counted from 0 over everything the VU runs. */
  iteration: number
  readonly tags: LiveTags
  readonly metadata: LiveTags
  jar: Jar
  /** Which statuses count as expected; null measures no failure at all. */
  expected: Matches | null
}

/** What all modules of a double share. */
export interface Core {
  readonly realm: Realm
  readonly GoError: GoErrorClass
  readonly clock: Clock
  readonly timers: Timers
  registry: Registry
  readonly vu: Vu
  readonly arrays: Map<string, string[]>
  seen: Recording
  respond: Respond
  /** Plays the pages of a browser; undefined where they do nothing. */
  perform?: Perform | undefined
  /** Checks hold without being asked. */
  checksHold: boolean
  /** What answers give for whatever a script reads of them; undefined where they give what they have. */
  filling: unknown
  /** What was rejected and is not handled, since it was asked last; undefined where the process itself is told. */
  rejected?: (() => unknown[]) | undefined
  /** Work outside the double that has not ended; undefined where it cannot be known. */
  outside?: { running: number } | undefined
  /** What the running call has done so far: requests, sleeps, timers. */
  work: number
  /** As `exec.test.options` shows them. */
  options: Record<string, unknown>
  context: Context
  scenario: (Scenario & { startTime: number; progress: number }) | undefined
  started: number
  iterationsCompleted: number
  /** `exec.scenario.iterationInTest` of the first iteration of a call. */
  firstIteration: number
}

/** The state of a new double, in the init context. */
export function createCore(realm: Realm, respond: Respond, now: number): Core {
  const clock = createClock(now)
  return {
    realm,
    GoError: goErrorClass(realm),
    clock,
    timers: createTimers(clock),
    registry: createRegistry(),
    vu: {
      id: 0,
      iteration: 0,
      tags: liveTags(realm, 'tag'),
      metadata: liveTags(realm, 'metadata'),
      jar: createJar(clock),
      expected: matchDefault,
    },
    arrays: new Map(),
    seen: createRecording(),
    respond,
    checksHold: false,
    filling: undefined,
    work: 0,
    options: {},
    context: 'init',
    scenario: undefined,
    started: now,
    iterationsCompleted: 0,
    firstIteration: 0,
  }
}

/** Lets a call through only where k6 does: throws `sentence` at init, and stops a script that was aborted. */
export function needVu(core: Core, sentence: string): void {
  if (core.seen.aborted !== undefined) throw new Interrupt('the test was aborted')
  if (core.context === 'init') throw new core.GoError(sentence)
}

/** Requests, sleeps and timers that one call may make before it counts as endless. */
const MAX_WORK = 20_000

/** What the double says of a call that never ends. */
export const ENDLESS = 'does not end'

/** Counts a request, a sleep or a timer; throws where a call has made so many that it polls for what never comes. */
export function worked(core: Core): void {
  if (++core.work > MAX_WORK)
    throw new core.GoError(
      `the iteration ${ENDLESS}: ${MAX_WORK} requests, sleeps and timers, ` +
        'and it goes on; does it wait for an answer that never comes, or is a setInterval never cleared?',
    )
}

/** Whether the last call was one that never ends. */
export const exceedsWork = ({ work }: Core): boolean => work > MAX_WORK

/** Whether the option `systemTags` (all of k6's default ones unless set) has that tag. */
export function hasSystemTag(core: Core, tag: string): boolean {
  const { systemTags } = core.options
  return !Array.isArray(systemTags) || systemTags.includes(tag)
}

/** Records one sample. */
export function push(
  core: Core,
  { name, type }: Metric,
  value: number,
  tags: Record<string, string>,
  metadata = core.vu.metadata.all(),
  time = core.clock.now(),
): void {
  core.seen.samples.push({ metric: name, type, value, tags, metadata, time, iteration: core.vu.iteration })
}

/** Records what k6 would print as a warning. */
export const warn = (core: Core, text: string): void => void core.seen.warnings.push(text)
