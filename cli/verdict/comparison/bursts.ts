import { sum } from '../../../config/sum.ts'
import {
  readCourses,
  type Bursts,
  type CourseWindow,
  type MeasuredRun,
  type Measurement,
  type RunFolder,
} from '../../record/index.ts'
import { chiSquareAbove } from '../statistics/chiSquare.ts'
import { pearson, together, type Proportion } from '../statistics/proportions.ts'
import { median } from '../statistics/robust.ts'

/** A share of which something failed. */
type Failed = Measurement & { readonly kind: 'share' }

/** A burst of a twelfth of the phase is one event, of which no further ones are known: blocks are made so long. */
const LEAST_BLOCKS = 12
/** Below this chance it is no accident how failures lie in time. */
const CHANCE = 0.01
/** The part of the failures by which it is said how long they took. */
const MOST = 0.9

const isFailed = (one: Measurement): one is Failed => one.kind === 'share' && one.part > 0

/** A run whose shares know how their failures lie in time, as far as its folder tells it: a second look, if there are any. */
export async function withBursts(folder: RunFolder, run: MeasuredRun): Promise<MeasuredRun> {
  const failed = run.measurements.filter(isFailed)
  if (failed.length === 0) return run
  const courses = await readCourses(folder, failed)
  if (courses === undefined) return run
  const found = new Map<Measurement, Bursts>(
    failed.map((one, at) => {
      const own = (courses.places[at] ?? []).filter(({ phase }) => phase === one.phase)
      return [one, burstsOf(own, courses.window, one)]
    }),
  )
  return { ...run, measurements: run.measurements.map((one) => ({ ...one, ...found.get(one) })) }
}

/**
 * How failures lie in windows of `window` ms: Pearson's χ² over its degrees of freedom, of blocks of one window, two, four …
 * that which is largest. Windows are of all checks of a step, so that they are brought to the size of the share itself.
 */
export function burstsOf(
  windows: readonly Pick<CourseWindow, 'at' | 'failed' | 'of'>[],
  window: number,
  { part, of }: Proportion,
): Bursts {
  const [failed, all] = [sum(windows.map((one) => one.failed)), sum(windows.map((one) => one.of))]
  const first = Math.min(...windows.map(({ at }) => at))
  if (failed === 0 || all === 0) return {}
  const sized = windows.map((one) => ({
    at: Math.floor((one.at - first) / window),
    part: one.failed * (part / failed),
    of: one.of * (of / all),
  }))
  const single = blocksOf(sized, 1, 0)
  if (single.length < 2) return {}
  let dispersion = dispersionOf(single)
  for (let length = 2; blocksOf(sized, length, 0).length >= LEAST_BLOCKS; length *= 2)
    // A burst may lie on the edge of two blocks.
    for (const offset of [0, length / 2])
      dispersion = Math.max(dispersion, dispersionOf(blocksOf(sized, length, offset)))
  return {
    dispersion: Number(Math.max(1, Math.min(dispersion, part)).toFixed(2)),
    within: secondsOfMost(single, window, part),
  }
}

/** Windows in blocks of so many, of which the first one begins so many windows earlier. */
function blocksOf(
  windows: readonly (Proportion & { readonly at: number })[],
  length: number,
  offset: number,
): Proportion[] {
  const blocks = new Map<number, Proportion[]>()
  for (const one of windows) {
    const at = Math.floor((one.at + offset) / length)
    blocks.set(at, [...(blocks.get(at) ?? []), one])
  }
  return withoutStubs([...blocks.values()].map(together))
}

/** By how much blocks vary more than chance; 1 where that may be an accident. */
function dispersionOf(blocks: readonly Proportion[]): number {
  const [chi, freedom] = [pearson(blocks), blocks.length - 1]
  return freedom > 0 && chi > chiSquareAbove(CHANCE, freedom) ? chi / freedom : 1
}

/** Blocks of which those that hold few, such as the first and the last one, are added to the one before, or after. */
function withoutStubs(blocks: readonly Proportion[]): Proportion[] {
  const least = median(blocks.map(({ of }) => of)) / 2
  const whole: Proportion[] = []
  let stub: readonly Proportion[] = []
  for (const block of blocks) {
    const last = whole.at(-1)
    if (block.of >= least) {
      whole.push(together([...stub, block]))
      stub = []
    } else if (last) whole.splice(-1, 1, together([last, block]))
    else stub = [...stub, block]
  }
  return whole
}

/** In how many seconds most of the failures came. */
function secondsOfMost(windows: readonly Proportion[], window: number, all: number): number {
  let [left, count] = [MOST * all, 0]
  for (const { part } of windows.toSorted((a, b) => b.part - a.part)) {
    if (left <= 1e-9) break
    left -= part
    count++
  }
  return (count * window) / 1000
}
