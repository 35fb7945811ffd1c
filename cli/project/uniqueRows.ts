import type { Problem } from '../../config/problem/problem.ts'
import { isOpen, type Shape } from '../../config/workload/shape.ts'
import { number } from '../base/index.ts'
import { isTimed, LEAST_SECONDS, startedBy } from './estimate.ts'
import { loadOf } from './load.ts'
import type { Plan } from './plan.ts'

/** What is known of rows that a load would need: what is certain, and what depends on the target. */
export interface RowsNeeded {
  problems: Problem[]
  warnings: string[]
}

/**
 * Scenarios that have more iterations than a pool of theirs has rows for `uniqueRow`. Where users begin anew as fast as the
 * target answers, there is an estimate at best, and so a warning.
 */
export function rowsNeeded(
  { script, manifest }: Pick<Plan, 'script' | 'manifest'>,
  { count, more }: { count: number; more: readonly string[] },
): RowsNeeded {
  const needed: RowsNeeded = { problems: [], warnings: [] }
  if (loadOf(more, { ...(script === undefined ? {} : { script }), manifest }).replaced) return needed
  for (const [name, shape] of Object.entries(manifest.options.scenarios)) {
    const { unique, seconds = 0 } = manifest.iteration[name] ?? {}
    if (unique === undefined) continue
    const { pool, rows } = unique
    const has = `pool "${pool}" has ${number(rows)} rows for uniqueRow()`
    if (isTimed(shape)) {
      const estimated = Math.round(startedBy(shape, Math.max(seconds, LEAST_SECONDS)))
      if (seconds < LEAST_SECONDS)
        needed.warnings.push(`scenario ${name} begins as many iterations as the target lets it, and ${has}`)
      else if (estimated > rows)
        needed.warnings.push(`scenario ${name} has about ${number(estimated)} iterations, and ${has}`)
      continue
    }
    const { iterations, sum } = iterationsOf(shape, count)
    if (iterations > rows)
      needed.problems.push({
        where: `scenarios.${name}`,
        got: `${number(iterations)} iterations (${sum})`,
        allowed: `at most ${number(rows)}: ${has}`,
        fix: `Add ${number(iterations - rows)} rows, make the load smaller, or use nextRow(), which begins again.`,
      })
  }
  return needed
}

/** Iterations that a scenario may number, and how they come to be so many. */
function iterationsOf(shape: Shape, count: number): { iterations: number; sum: string } {
  const { executor, vus = 1, iterations = 1, rate = 0, timeUnit = '1s', duration = '' } = shape
  const whole = Math.ceil(startedBy(shape, 1) - 1e-9)
  if (isOpen(shape))
    return {
      iterations: whole,
      sum: shape.stages ? 'the sum of its stages' : `${number(rate)} per ${timeUnit} for ${duration}`,
    }
  if (executor === 'shared-iterations') return { iterations: whole, sum: 'shared' }
  const each = Math.ceil(vus / count)
  // k6 numbers as many for every instance as for the one with the most VUs: some numbers are left out.
  return count > 1
    ? {
        iterations: count * each * iterations,
        sum: `${count} instances × ${each} VUs × ${iterations} each, since k6 numbers as many for each instance`,
      }
    : { iterations: whole, sum: `${vus} VUs × ${iterations} each` }
}
