import { number } from '../../base/index.ts'
import { RecordError } from '../../prometheus/index.ts'
import {
  createPushReader,
  problemOf,
  type Change,
  type Push,
  type PushLog,
  type PushRefusal,
  type Reason,
  type Recording,
} from '../../record/index.ts'
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
  /** How much of a run is kept; {@link LIMITS} unless told. */
  readonly limits?: Readonly<Record<'series' | 'instances', number>> | undefined
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
  problems(): readonly Reason[]
  /** Instances whose last push the disk did not take, by name. */
  unkept(): readonly string[]
}

/** A push that the series have. */
interface Recorded {
  /** Whose it is. */
  readonly id: string
  readonly body: Buffer
  /** Its body as far as it was taken in. */
  readonly audible: Buffer
  /** How many it has. */
  readonly series: number
  readonly samples: number
}

const MAX_PROBLEMS = 100

/** The answer where the disk takes nothing: k6 sends what is cumulative again. */
const NO_ROOM: PushRefusal = {
  status: 503,
  problem: 'The disk of the collector takes nothing more: pushes are refused until there is room.',
}

/** An intake that has taken nothing. */
export function createIntake(options: IntakeOptions): Intake {
  const { recording, log, roster, onChanges, onPush, limits = LIMITS } = options
  const readPush = createPushReader()
  let isFull = false
  const counts = noCounts()
  const unkept = new Set<string>()
  const problems = new Map<string, Reason>()
  const note = (code: 'push-refused' | 'collector-full', { problem }: PushRefusal): void => {
    // That there was too much for it decides the run.
    if (problems.has(problem) || (problems.size >= MAX_PROBLEMS && code === 'push-refused')) return
    problems.set(problem, problemOf(code, problem, {}))
  }
  const refuse = (refusal: PushRefusal): PushRefusal => {
    counts.refused++
    note('push-refused', refusal)
    return refusal
  }
  const signBy = (push: Push, connection: object) =>
    signOf(push, recording.store, { at: Date.now(), isLive: true, connection })
  const whyTooMany = ({ series }: Push): string | undefined => {
    // A push alone may have too many: what it is missing is missing from then on.
    isFull ||= Math.max(recording.store.size, series.length) > limits.series
    if (isFull) return `The run has more than ${number(limits.series)} series: nothing more is taken.`
    const isKnown = roster.has(series[0]?.labels.instance_id ?? '')
    return isKnown || roster.size < limits.instances
      ? undefined
      : `The run has more than ${number(limits.instances)} instances: no further one is taken.`
  }
  const refuseTooMany = (problem: string, push: Push, connection: object): PushRefusal => {
    counts.refused++
    const refusal = { status: 413, problem }
    note('collector-full', refusal)
    const sign = signBy(push, connection)
    // Whose measurements are not taken is neither silent nor without an end.
    if (roster.has(sign.id)) roster.see(sign)
    return refusal
  }
  /**
   * Takes a push into the series, or refuses it. It is over before the disk is waited for: what waits there are the
   * bytes of pushes, not thousands of series each. One that comes again, as the disk did not take it, adds nothing.
   */
  const record = (given: Buffer, { bundle, instance, connection }: Sender): Recorded | PushRefusal => {
    const body = instance === undefined ? given : renamed(given, instance)
    const push = readPush(body)
    const foreign = whyForeign(push, bundle, options)
    if (foreign) return refuse(foreign)
    const tooMany = whyTooMany(push)
    if (tooMany !== undefined) return refuseTooMany(tooMany, push, connection)
    const changes = recording.store.add(push.series)
    recording.keep(changes)
    const sign = signBy(push, connection)
    roster.see(sign)
    onChanges?.(changes)
    return {
      id: sign.id,
      body,
      audible: onPush ? push.body() : body,
      series: push.series.length,
      samples: sign.samples,
    }
  }
  /** Whether the disk has it: what is acknowledged outlives this process. */
  const kept = async ({ id, body }: Recorded): Promise<boolean> => {
    try {
      await log.append(body)
      return unkept.delete(id) || true
    } catch {
      counts.unkept++
      unkept.add(id)
      return false
    }
  }
  return {
    async take(given, sender) {
      try {
        const recorded = record(given, sender)
        if ('status' in recorded) return recorded
        const { body, audible, series, samples } = recorded
        if (!(await kept(recorded))) return refuse(NO_ROOM)
        onPush?.(audible)
        counts.pushes++
        counts.series += series
        counts.samples += samples
        counts.bytes += body.length
        return undefined
      } catch (error) {
        const { message } = error as Error
        return refuse(
          error instanceof RecordError
            ? { status: 400, problem: message }
            : { status: 503, problem: `A push could not be taken: ${message}.` },
        )
      }
    },
    refuse,
    members: () => roster.members(),
    kept: () => recording.store.size,
    counts,
    problems: () => [...problems.values()],
    unkept: () => [...unkept],
  }
}
