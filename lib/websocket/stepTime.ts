import { iteration } from '../iteration.ts'
import { openStep, type Frame } from '../openStep.ts'

/** From when to when, in Unix milliseconds. */
type Interval = readonly [number, number]

/** The sockets of a step that is open. */
interface Talks {
  /** The trace of the step: a frame is used again. */
  readonly of: string
  /** From the start of a handshake to the end of its connection. */
  readonly sockets: Interval[]
  /** When something was said and waited for, or asked of somebody else. */
  readonly busy: Interval[]
  /** Milliseconds that the step's time leaves out so far. */
  left: number
}

/** What is told of a socket for the time of its step. */
export interface StepTime {
  /** There is a connection. */
  opened(): void
  /** Something is said, or waited for. */
  said(): void
  /** What was waited for has come: at this Unix time in milliseconds. */
  heard(at: number): void
  /** The body is over. */
  over(): void
  /** The connection has ended; a socket that failed takes all of its time. */
  ended(completed: boolean): void
}

const talks = new WeakMap<Frame, Talks>()

/** What a socket has asked for last, and when one was last told of. */
let asked: string | undefined
let told = 0

/**
 * The time of the step that is open, for a socket that begins: from what is said to what was asked for. Connecting and closing
 * are left out, unless another socket of the step talks meanwhile, or the client asks for something.
 */
export const stepTime = (name: string): StepTime => {
  const frame = openStep
  const began = Date.now()
  let from = 0
  let to = 0
  const note = (): number => {
    const now = Date.now()
    const last = iteration?.request
    if (frame && last !== undefined && last !== asked) talksOf(frame).busy.push([told, now])
    asked = name
    told = now
    if (iteration) iteration.request = name
    return now
  }
  note()
  return {
    opened: () => void note(),
    said() {
      const now = note()
      from ||= now
    },
    heard(at) {
      note()
      to = Math.max(from, at, to)
    },
    over() {
      const now = note()
      to ||= now
    },
    ended(completed) {
      // A step that was closed meanwhile has its time.
      if (!frame || frame !== openStep) return
      const now = Date.now()
      const all = talksOf(frame)
      all.sockets.push([began, now])
      all.busy.push(completed ? [from || to, to] : [began, now])
      const left = covered([...all.sockets, ...all.busy]) - covered(all.busy)
      frame.began += left - all.left
      all.left = left
    },
  }
}

const talksOf = (frame: Frame): Talks => {
  let all = talks.get(frame)
  if (all?.of !== frame.id) {
    all = { of: frame.id, sockets: [], busy: [], left: 0 }
    talks.set(frame, all)
  }
  return all
}

/** Milliseconds that intervals cover together. */
const covered = (intervals: readonly Interval[]): number => {
  let sum = 0
  let end = 0
  for (const [from, to] of [...intervals].sort(([one], [other]) => one - other)) {
    sum += Math.max(0, to - Math.max(from, end))
    end = Math.max(end, to)
  }
  return sum
}
