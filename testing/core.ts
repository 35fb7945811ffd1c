import { createClock, type Clock } from './clock.ts'
import { createJar, type Jar } from './http/jar.ts'
import { matchDefault, type Matches } from './http/statuses.ts'
import { goErrorClass, Interrupt, type GoErrorClass, type Realm } from './realm.ts'
import { createRecording } from './recording.ts'
import { createRegistry, type Metric, type Registry } from './registry.ts'
import { liveTags, type LiveTags } from './tags.ts'
import { createTimers, type Timers } from './timers.ts'
import type { Recording, Respond, Scenario } from './types.ts'

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
  /** Checks hold without being asked. */
  checksHold: boolean
  /** As `exec.test.options` shows them. */
  options: Record<string, unknown>
  context: Context
  scenario: (Scenario & { startTime: number; progress: number }) | undefined
  started: number
  iterationsCompleted: number
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
    options: {},
    context: 'init',
    scenario: undefined,
    started: now,
    iterationsCompleted: 0,
  }
}

/** Lets a call through only where k6 does: throws `sentence` at init, and stops a script that was aborted. */
export function needVu(core: Core, sentence: string): void {
  if (core.seen.aborted !== undefined) throw new Interrupt('the test was aborted')
  if (core.context === 'init') throw new core.GoError(sentence)
}

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
  core.seen.samples.push({ metric: name, type, value, tags, metadata, time })
}

/** Records what k6 would print as a warning. */
export const warn = (core: Core, text: string): void => void core.seen.warnings.push(text)
