import type { Evaluated } from '../../../testing/evaluate.ts'
import type { Recording, Respond } from '../../../testing/types.ts'
import { walk, type MonitorKind, type Walk } from '../../project/index.ts'

/** A script's walks. */
export interface Walks {
  /** In front of a target that answers 200 to everything, where every check holds, as the agent runs it. */
  well: Walk
  /** The same several times over. */
  repeated: Walk
  /** In front of a target that answers 503 to everything, as the agent runs it. */
  broken: Walk
  /** Without an answering target, as a load test runs it: failed requests do not throw. */
  dead: Walk
}

/** What a script exports and its top level declared, its walks, and why they are missing, or do not reach its end. */
export interface Walked {
  exports?: Readonly<Record<string, unknown>>
  declared?: Recording
  walks?: Walks
  unseen?: string
}

/** Iterations that tell what differs each time from what has a few values. */
export const REPEATED_ITERATIONS = 12

const WELL: Respond = () => ({ body: '{}' })
const BROKEN: Respond = () => ({ status: 503, body: '{}' })
const DEAD: Respond = () => ({ error: 'dial: connection refused', error_code: 1212 })

/** Messages of the double about a script that computes, allocates or polls without end. */
export const ENDLESS_WALK = /without coming back|MiB of memory|does not end/
/** A script evaluated twice: where every check holds, and where none does without a reason. */
export interface Loaded {
  held: Evaluated
  unheld: Evaluated
}

/** Walks a script in front of three targets. Throws nothing. */
export async function walked(
  { held, unheld }: Loaded,
  kindOf: (exports: Readonly<Record<string, unknown>>) => MonitorKind,
): Promise<Walked> {
  const { exports, seen: declared } = held
  const kind = kindOf(exports)
  try {
    const well = await walk(held, { kind, respond: WELL, throws: true })
    const [first] = well.errors
    const unseen = first && { unseen: first.message }
    // What does not come back once does not the next time either.
    if (first && ENDLESS_WALK.test(first.message)) return { exports, declared, ...unseen }
    const walks = {
      well,
      repeated: await walk(held, { kind, respond: WELL, iterations: REPEATED_ITERATIONS }),
      broken: await walk(unheld, { kind, respond: BROKEN, throws: true }),
      dead: await walk(unheld, { kind, respond: DEAD }),
    }
    return { exports, declared, walks, ...unseen }
  } catch (error) {
    return { exports, declared, unseen: (error as Error).message }
  }
}
