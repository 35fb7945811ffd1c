import { linesOf } from '../../../../cli/grafana/lines.ts'
import type { PanelTarget } from '../../../../cli/grafana/schema.ts'
import { onEach, overridesOf } from './rule.ts'

/** A line of a label that its series may lack is called "Value", or "·", unless something names what lacks it. */
export const nameless = onEach(['timeseries'], (panel, say) => {
  const lines = linesOf(panel)
  for (const [at, { expr, query, refId }] of ((panel.targets ?? []) as PanelTarget[]).entries())
    for (const label of (lines[at]?.labels ?? []).filter((one) => ['journey', 'step'].includes(one))) {
      const text = String(expr ?? query)
      if (!/k6_|FROM/.test(text)) continue
      // InfluxQL makes no labels: there the panel renames such lines.
      const isRenamed =
        expr === undefined && overridesOf(panel).some(({ of }) => of.displayName !== undefined)
      if (!isRenamed && !text.includes(`"no ${label}", "${label}", ""`))
        say(`${refId}: what has no ${label} has no name`)
    }
})
