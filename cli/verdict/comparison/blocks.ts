import { merge, upperBound, type Histogram } from '../../prometheus/index.ts'
import type { CourseWindow } from '../../record/index.ts'

/** A block is so long at least, has so many samples at least, and a run is cut into so many at most. */
const BLOCK = { ms: 10_000, samples: 20, most: 60 }

/** What was measured in a phase, in blocks of neighbouring windows of `window` ms; what is left over belongs to the last one. */
export function blocksOf(windows: readonly CourseWindow[], phase: string, window: number): Histogram[] {
  const all = windows.flatMap((one) => (one.phase === phase && one.values ? [one.values] : []))
  const each = Math.max(Math.ceil(BLOCK.ms / window), Math.ceil(all.length / BLOCK.most))
  const blocks: Histogram[] = []
  let open: { values: Histogram; windows: number } | undefined
  for (const values of all) {
    open = open ? { values: merge(open.values, values), windows: open.windows + 1 } : { values, windows: 1 }
    if (open.windows < each || open.values.count < BLOCK.samples) continue
    blocks.push(open.values)
    open = undefined
  }
  const last = blocks.at(-1)
  return open && last ? [...blocks.slice(0, -1), merge(last, open.values)] : blocks
}

/** Histograms as counts of the same buckets, which are added up fast. */
export interface Counted {
  readonly schema: number
  readonly lowest: number
  readonly blocks: readonly Float64Array[]
}

/** Blocks as counts; undefined where their buckets are not alike, or values are not above 0. */
export function countedBlocks(blocks: readonly Histogram[]): Counted | undefined {
  const [first] = blocks
  const isUsual = ({ schema, zeroCount, negative }: Histogram): boolean =>
    schema === first?.schema && zeroCount === 0 && negative.indexes.length === 0
  if (first === undefined || !blocks.every(isUsual)) return undefined
  const ends = blocks.flatMap(({ positive: { indexes } }) => [indexes[0] ?? 0, indexes.at(-1) ?? 0])
  const [lowest, highest] = [Math.min(...ends), Math.max(...ends)]
  return {
    schema: first.schema,
    lowest,
    blocks: blocks.map(({ positive: { indexes, counts } }) => {
      const all = new Float64Array(highest - lowest + 1)
      for (const [at, index] of indexes.entries()) all[index - lowest] = counts[at] ?? 0
      return all
    }),
  }
}

/** The quantile of blocks that are added up, in the unit of their values, as a histogram has it; NaN of no values. */
export function quantileOfBlocks(
  { schema, lowest }: Counted,
  blocks: readonly Float64Array[],
  q: number,
): number {
  const all = new Float64Array(blocks[0]?.length ?? 0)
  for (const block of blocks)
    for (let at = 0; at < all.length; at++) all[at] = (all[at] ?? 0) + (block[at] ?? 0)
  let left = q * all.reduce((sum, count) => sum + count, 0)
  for (let at = 0; at < all.length; at++) {
    const count = all[at] ?? 0
    if (count > 0 && count >= left) {
      const [lower, upper] = [upperBound(lowest + at - 1, schema), upperBound(lowest + at, schema)]
      return lower * (upper / lower) ** (left / count)
    }
    left -= count
  }
  return NaN
}
