import type { About } from '../../about.ts'

/** The label by which steps are put in order. */
export const STEP_ORDER = 'order'

/** Steps that a query puts in order, at most; further ones follow by name. */
const MAX_STEPS = 80

/**
 * PromQL by journey and step with a label that has the place of each step among those that the suites declare; a step
 * that none declares stands behind them, by name.
 */
export function withStepOrder(expr: string, { steps = [] }: Pick<About, 'steps'>): string {
  const named = `label_join(${expr}, "${STEP_ORDER}", "/", "journey", "step")`
  return steps
    .slice(0, MAX_STEPS)
    .reduce(
      (inner, { journey, step }, at) =>
        `label_replace(${inner}, "${STEP_ORDER}", "${String(at + 1).padStart(3, '0')}", "${STEP_ORDER}", "${pattern(`${journey}/${step}`)}")`,
      named,
    )
}

/** A name as a regular expression inside of a text: what may mean something else there is any letter. */
const pattern = (name: string): string => name.replace(/[^\p{L}\p{N}\s_/-]/gu, '.')
