import { RecordError } from '../prometheus/index.ts'
import {
  createPushReader,
  type Change,
  type Push,
  type PushLog,
  type PushRefusal,
  type Recording,
} from '../record/index.ts'
import { noCounts, type Counts } from './counts.ts'
import { whyForeign, type Belonging } from './foreign.ts'
import { LIMITS } from './limits.ts'
import type { Member, Roster } from './roster.ts'
import { renamed } from './renamed.ts'
import { signOf } from './signOf.ts'

/** Whose pushes are taken, and where what they hold goes. */
export interface IntakeOptions extends Belonging {
  readonly recording: Recording
  readonly log: Pick<PushLog, 'append'>
  readonly roster: Roster
  /** Gets what each push changed. */
  readonly onChanges?: ((changes: readonly Change[]) => void) | undefined
  /** Gets the body of each push that was taken in (Snappy). */
  readonly onPush?: ((body: Buffer) => void) | undefined
}

/** How a push came. */
export interface Sender {
  /** The hash of its bundle, if it said one. */
  readonly bundle: string | undefined
  /** Which instance it is, where its path says so, whatever its k6 does. */
  readonly instance?: string | undefined
  /** An object that is the same for each push over one connection. */
  readonly connection: object
}

/** Takes the pushes of a run's instances, and refuses all others. */
export interface Intake {
  /** Takes a push in, for good; resolves with why it did not. */
  take(body: Buffer, sender: Sender): Promise<PushRefusal | undefined>
  /** Notes that something was refused, and why. */
  refuse(refusal: PushRefusal): PushRefusal
  members(): readonly Member[]
  /** How many series there are. */
  kept(): number
  readonly counts: Counts
  /** Why pushes were refused, each sentence once, at most 100. */
  problems(): readonly string[]
}

const MAX_PROBLEMS = 100

/** An intake that has taken nothing. */
export function createIntake(options: IntakeOptions): Intake {
  const { recording, log, roster, onChanges, onPush } = options
  const readPush = createPushReader()
  const counts = noCounts()
  const problems = new Set<string>()
  const refuse = (refusal: PushRefusal): PushRefusal => {
    counts.refused++
    if (problems.size < MAX_PROBLEMS) problems.add(refusal.problem)
    return refusal
  }
  const whyTooMany = (): PushRefusal | undefined => {
    const full =
      recording.store.size > LIMITS.series
        ? `${LIMITS.series} series`
        : roster.size > LIMITS.instances
          ? `${LIMITS.instances} instances`
          : undefined
    return full === undefined
      ? undefined
      : { status: 413, problem: `The run has more than ${full}: nothing more is taken.` }
  }
  const keep = async (push: Push, body: Buffer, connection: object): Promise<void> => {
    // What is acknowledged outlives this process.
    await log.append(body)
    const changes = recording.store.add(push.series)
    recording.keep(changes)
    const sign = signOf(push, recording.store, { at: Date.now(), isLive: true, connection })
    roster.see(sign)
    onChanges?.(changes)
    onPush?.(push.body())
    counts.pushes++
    counts.series += push.series.length
    counts.samples += sign.samples
    counts.bytes += body.length
  }
  return {
    async take(given, { bundle, instance, connection }) {
      try {
        const body = instance === undefined ? given : renamed(given, instance)
        const push = readPush(body)
        const refusal = whyForeign(push, bundle, options) ?? whyTooMany()
        if (refusal) return refuse(refusal)
        await keep(push, body, connection)
        return undefined
      } catch (error) {
        const { message } = error as Error
        return refuse(
          error instanceof RecordError
            ? { status: 400, problem: message }
            : { status: 503, problem: `A push could not be kept: ${message}.` },
        )
      }
    },
    refuse,
    members: () => roster.members(),
    kept: () => recording.store.size,
    counts,
    problems: () => [...problems],
  }
}
