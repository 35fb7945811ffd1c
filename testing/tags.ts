import type { Realm } from './realm.ts'
import { isStandIn } from './standIn.ts'

/** Tags or metadata of a VU: one live object that scripts may keep, and what it holds. */
export interface LiveTags {
  /** What `exec.vu.metrics.tags` (or `.metadata`) gives. */
  readonly object: Record<string, string>
  /** What it holds now: one object until something changes, which nobody writes to. */
  all(): Readonly<Record<string, string>>
  /** Replaces the contents, by the text of each value, as k6 does; the object stays the same. */
  reset(values: Readonly<Record<string, unknown>>): void
}

const accepted = new Set(['string', 'boolean', 'number'])
const isTag = (value: unknown): boolean => accepted.has(typeof value) || isStandIn(value)
const refusal = (key: string, kind: 'tag' | 'metadata') =>
  `invalid value for metric ${kind} '${key}': only String, Boolean and Number types are accepted ` +
  `as a metric ${kind} value${kind === 'tag' ? 's' : ''}`

/** Live tags that stringify what is written and throw a `TypeError` on what k6 refuses. */
export function liveTags(realm: Realm, kind: 'tag' | 'metadata'): LiveTags {
  const values: Record<string, string> = {}
  let copy: Readonly<Record<string, string>> | undefined
  const object = new Proxy(values, {
    set: (target, key, value) => {
      if (typeof key === 'symbol') return false
      if (!isTag(value)) throw new realm.TypeError(refusal(key, kind))
      target[key] = String(value)
      copy = undefined
      return true
    },
    deleteProperty: (target, key) => {
      copy = undefined
      return Reflect.deleteProperty(target, key)
    },
  })
  return {
    object,
    all: () => (copy ??= Object.freeze({ ...values })),
    reset: (next) => {
      copy = undefined
      for (const key of Object.keys(values)) delete values[key]
      for (const [key, value] of Object.entries(next)) values[key] = String(value)
    },
  }
}

/** The tags with a call's own on top; gives a sentence instead when k6 would refuse one of them. */
export function withTags(
  base: Readonly<Record<string, string>>,
  extra: unknown,
): { tags: Record<string, string> } | { refused: string } {
  const tags = { ...base }
  if (extra === undefined || extra === null) return { tags }
  for (const [key, value] of Object.entries(extra)) {
    if (!isTag(value)) return { refused: refusal(key, 'tag') }
    tags[key] = String(value)
  }
  return { tags }
}
