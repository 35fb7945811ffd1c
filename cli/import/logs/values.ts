/** Values that are kept by name. */
const MAX_KEPT = 300
/** Hashes of values that are kept. */
const MAX_HASHES = 2048

/** Which values there were, and how often: the most frequent ones by name, all others by an estimate of how many. */
export interface Values {
  add(value: string, count?: number): void
  merge(other: Values): void
  /** The most frequent ones first. */
  top(): [value: string, count: number][]
  distinct(): number
  readonly hashes: ReadonlySet<number>
  readonly level: number
}

/** No value yet; bounded in size, however many there are. */
export function createValues(): Values {
  let counts = new Map<string, number>()
  let hashes = new Set<number>()
  let level = 0
  const hash = (own: number): void => {
    // Of each level half of the hashes are kept: how many there were follows from those that are left.
    if (own % 2 ** level !== 0) return
    hashes.add(own)
    while (hashes.size > MAX_HASHES) {
      level++
      const at = level
      hashes = new Set([...hashes].filter((one) => one % 2 ** at === 0))
    }
  }
  const count = (value: string, by: number): void => {
    counts.set(value, (counts.get(value) ?? 0) + by)
    if (counts.size > MAX_KEPT * 2) counts = new Map(sorted(counts).slice(0, MAX_KEPT))
  }
  return {
    add(value, by = 1) {
      count(value, by)
      hash(hashOf(value))
    },
    merge(other) {
      for (const [value, by] of other.top()) count(value, by)
      level = Math.max(level, other.level)
      const at = level
      hashes = new Set([...hashes].filter((one) => one % 2 ** at === 0))
      for (const one of other.hashes) hash(one)
    },
    top: () => sorted(counts).slice(0, MAX_KEPT),
    distinct: () => hashes.size * 2 ** level,
    get hashes() {
      return hashes
    },
    get level() {
      return level
    },
  }
}

const sorted = (counts: ReadonlyMap<string, number>): [string, number][] =>
  [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))

/** FNV-1a, mixed once more: its low bits are as good as its high ones. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}
