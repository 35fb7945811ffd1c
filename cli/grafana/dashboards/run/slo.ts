import { sloLimit, type Slo } from '../../about.ts'
import type { PanelThreshold } from '../../schema.ts'

/** Which SLOs a panel is about. */
export interface Judging {
  readonly metric: string
  /** `p(95)`, `rate`, `count` … */
  readonly stat: string
  /** Tags that its lines are divided by: an SLO of any other tag is not of this panel. */
  readonly by?: readonly string[]
}

/** The SLOs that can be seen in a panel; the phase that they judge is chosen by variable. */
const slosOf = (slos: readonly Slo[], { metric, stat, by = [] }: Judging): Slo[] =>
  slos.filter(
    (slo) =>
      slo.metric === metric &&
      slo.stat === stat &&
      Object.keys(slo.tags).every((tag) => tag === 'phase' || by.includes(tag)),
  )

/**
 * Colours from SLOs: green on the side where they hold, red on the other, yellow between several; undefined without
 * one.
 */
function stepsOf(slos: readonly Slo[]): PanelThreshold[] | undefined {
  const limits = (operator: '<' | '>'): number[] =>
    [...new Set(slos.filter((slo) => slo.operator.startsWith(operator)).map(sloLimit))].sort((a, b) => a - b)
  const [above, below] = [limits('>'), limits('<')]
  if (above.length + below.length === 0) return undefined
  const steps = (values: readonly number[], last: string): PanelThreshold[] =>
    values.map((value, at) => ({ color: at === values.length - 1 ? last : 'yellow', value }))
  return [
    { color: above.length > 0 ? 'red' : 'green', value: null },
    ...steps(above, 'green'),
    ...steps(below, 'red'),
  ]
}

/** SLOs that a description names. */
const MAX_NAMED = 4

/** The fields of a panel that shows SLOs: steps of colour, and a sentence that names them. */
export function withSlos(
  slos: readonly Slo[],
  judging: Judging,
  description: string,
): { description: string; steps?: PanelThreshold[] } {
  const seen = slosOf(slos, judging)
  const steps = stepsOf(seen)
  if (!steps) return { description }
  const named = [...new Set(seen.map(({ key, threshold }) => `${key} ${threshold}`))]
  const further = named.length > MAX_NAMED ? ` and ${named.length - MAX_NAMED} more` : ''
  return { description: `${description} Limits: ${named.slice(0, MAX_NAMED).join(', ')}${further}.`, steps }
}
