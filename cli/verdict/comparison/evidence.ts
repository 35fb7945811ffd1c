import { defined } from '../../base/index.ts'
import { quantile, type Histogram } from '../../prometheus/index.ts'
import type { CoursePlace, Courses } from '../../record/index.ts'
import { bootstrapInterval, drawn } from '../statistics/bootstrap.ts'
import { hodgesLehmann } from '../statistics/hodgesLehmann.ts'
import type { Interval } from '../statistics/proportions.ts'
import { random } from '../statistics/random.ts'
import { median } from '../statistics/robust.ts'
import { blocksOf, countedBlocks, quantileOfBlocks } from './blocks.ts'
import type { Comparison } from './compare.ts'
import type { Evidence, Row } from './row.ts'

/** Rows that have evidence at most, and blocks without which a run tells none. */
const MAX_ROWS = 20
const LEAST_BLOCKS = 6
/** The same courses give the same interval. */
const SEED = 20261130
const MS = 1000
const P95 = 0.95

/** The rows that may have evidence: p95 of times, in judged phases, those that matter most. */
export const rowsWithCourse = ({ rows }: Comparison): Row[] =>
  rows
    .filter(({ quantity, unit, judged, base, candidate }) => {
      const isOnBothSides = base !== undefined && candidate !== undefined
      return quantity === 'p95' && unit === 'ms' && judged && isOnBothSides
    })
    .slice(0, MAX_ROWS)

/** The place of a row, to ask for its course. */
export const coursePlaceOf = ({ metric, journey, step, scenario, request }: Row): CoursePlace => ({
  metric,
  ...defined({ journey, step, scenario, request }),
})

/**
 * A comparison with evidence in its rows; `courses` are those of {@link rowsWithCourse} of each run, in that order. No
 * verdict changes.
 */
export function withEvidence(
  comparison: Comparison,
  base: readonly Courses[],
  candidate: Courses | undefined,
): Comparison {
  const places = new Map(rowsWithCourse(comparison).map((row, index) => [row, index]))
  const rows = comparison.rows.map((row) => {
    const index = places.get(row)
    if (index === undefined || candidate === undefined) return row
    const blocks = (run: Courses): Histogram[] => blocksOf(run.places[index] ?? [], row.phase, run.window)
    const evidence = evidenceOf(base.map(blocks), blocks(candidate))
    return evidence ? { ...row, evidence } : row
  })
  return { ...comparison, rows }
}

function evidenceOf(
  all: readonly (readonly Histogram[])[],
  candidate: readonly Histogram[],
): Evidence | undefined {
  const base = all.filter(({ length }) => length >= LEAST_BLOCKS)
  if (base.length === 0 || candidate.length < LEAST_BLOCKS) return undefined
  const p95 = (one: Histogram): number => MS * (quantile(one, P95) ?? NaN)
  const shift = hodgesLehmann(base.flat().map(p95), candidate.map(p95))
  return { shift, ...defined({ interval: intervalOf(base, candidate) }) }
}

/** Runs are drawn, and of each its blocks; of the candidate, which is one run, its blocks alone. */
function intervalOf(
  base: readonly (readonly Histogram[])[],
  candidate: readonly Histogram[],
): Interval | undefined {
  const counted = countedBlocks([...base.flat(), ...candidate])
  if (counted === undefined) return undefined
  const { blocks } = counted
  const left = [...blocks]
  const runs = base.map(({ length }) => left.splice(0, length))
  const own = left
  const next = random(SEED)
  const p95 = (of: readonly Float64Array[]): number => MS * quantileOfBlocks(counted, drawn(of, next), P95)
  return bootstrapInterval(() => p95(own) - median(drawn(runs, next).map(p95)))
}
