import { needVu, push, worked, type Core } from '../core.ts'
import type { CannedResponse, SentRequest } from '../types.ts'
import type { Builtin } from '../registry.ts'

/** A connection or a call over something else than plain HTTP, and how its samples are tagged. */
export interface Wire {
  readonly tags: Record<string, string>
  readonly metadata: Record<string, string>
  /** What the target answers. */
  readonly answer: CannedResponse
  /** Records one of k6's own samples, with what is known of its end. */
  sample(metric: Builtin, value: number, more?: Readonly<Record<string, string | number>>): void
}

interface Asked {
  method: string
  url: string
  headers: Record<string, string>
  body: string
  timeout: number
  tags: object | undefined
}

/** Asks who plays the target. Throws where k6 allows nothing of the kind. */
export function ask(core: Core, asked: Asked): Wire {
  needVu(core, 'this is not possible in the init context')
  worked(core)
  const tags = { ...core.vu.tags.all(), ...texts(asked.tags ?? {}) }
  const metadata = core.vu.metadata.all()
  const request: SentRequest = {
    ...asked,
    tags: { ...tags },
    metadata,
    cookies: {},
    time: core.clock.now(),
    vu: core.vu.id,
    iteration: core.vu.iteration,
    redirected: false,
  }
  core.seen.requests.push(request)
  return {
    tags,
    metadata,
    answer: core.respond(request) ?? {},
    sample: (metric, value, more = {}) =>
      push(core, core.registry.builtin(metric), value, { ...tags, ...texts(more) }, metadata),
  }
}

const texts = (tags: object): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, String(value)]))
