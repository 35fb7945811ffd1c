import { MAX_CHANCE, logChoose, MIN_SHARE, witnesses, type Evidence, type FactorFinding } from './evidence.ts'
import { rowsIn, tally, weightOf, type Weighted } from './weigh.ts'

/** Rows that a sentence names at most: with more of them, rows are no explanation. */
const MAX_ROWS = 10

/** Data rows that (nearly) all failures carry, where they are few of their pool's and chance would not pick them so often. */
export function rowFactor(events: readonly Weighted[], evidence: Evidence): FactorFinding | undefined {
  const [best] = candidates(events, evidence).filter(({ chance }) => chance <= MAX_CHANCE)
  return best && { ...base(best), says: `carry ${named(best)}` }
}

/** Iterations that must have failed before their rows are worth a word: any two carry some rows. */
const MIN_FAILED = 3

/** Rows that all failures carry, where failures are too few to tell whether that means something. */
export function rowHint(events: readonly Weighted[], evidence: Evidence): FactorFinding | undefined {
  if (witnesses(events) < MIN_FAILED) return undefined
  const [best] = candidates(events, evidence).filter(({ share }) => share === 1)
  return (
    best && {
      ...base(best),
      says: `carry ${named(best)}; this is too few failures to say whether the rows are the cause`,
    }
  )
}

interface Candidate {
  pool: string
  of: number
  labels: string[]
  share: number
  /** The chance of it if rows had nothing to do with it. */
  chance: number
}

const base = ({ pool, labels, share }: Candidate) => ({
  factor: 'rows' as const,
  key: JSON.stringify([pool, labels.toSorted()]),
  share,
})

function named({ pool, of, labels }: Candidate): string {
  return `${labels.length} of the ${of} rows of ${pool}: ${labels.join(', ')}`
}

/** Each pool's rows that most failures carry, the least likely by chance first. */
function candidates(events: readonly Weighted[], { pools }: Evidence): Candidate[] {
  return pools
    .flatMap(({ name, rows }) => candidatesOf(events, name, rows))
    .sort((a, b) => a.chance - b.chance)
}

/** All rows of a pool that failures carry, and the fewest of them that make up most of it. */
function candidatesOf(events: readonly Weighted[], pool: string, of: number): Candidate[] {
  const labelOf = ({ row }: Weighted): string | undefined =>
    rowsIn(row).find((one) => one.pool === pool)?.label
  const labelled = events.map((event) => ({ event, label: labelOf(event) }))
  const ranked = tally(events, labelOf)
  const all = weightOf(events)
  let [most, weight] = [0, 0]
  for (const [, more] of ranked) {
    if (weight >= all * MIN_SHARE) break
    most++
    weight += more
  }
  return [...new Set([ranked.length, most])].flatMap((count) => {
    const labels = ranked.slice(0, count).map(([label]) => label)
    const inside = labelled.flatMap(({ event, label = '' }) => (labels.includes(label) ? [event] : []))
    const share = weightOf(inside) / all
    if (count === 0 || count > Math.min(MAX_ROWS, of / 2) || share < MIN_SHARE) return []
    return { pool, of, labels, share, chance: chanceOf(witnesses(inside), witnesses(events), count, of) }
  })
}

/**
 * The chance that `hits` of `n` iterations have one of some `count` rows. Pickers may prefer rows (by weight, Zipf), so
 * that those rows are taken to be the most popular ones of a Zipf distribution.
 */
function chanceOf(hits: number, n: number, count: number, of: number): number {
  const log = logChoose(of, count) + logChoose(n, hits) + hits * Math.log(harmonic(count) / harmonic(of))
  return Math.exp(Math.min(0, log))
}

function harmonic(n: number): number {
  let sum = 0
  for (let i = 1; i <= Math.min(n, 1e6); i++) sum += 1 / i
  return sum
}
