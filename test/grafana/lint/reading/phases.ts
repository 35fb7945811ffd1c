import { dashboardParts } from '../../../../cli/grafana/panelsOf.ts'
import { queriesIn } from './rule.ts'
import type { ReadingRule } from './rule.ts'

/** Phases are written with their times: a rate sees them late, and two of them at once. */
export const phases: ReadingRule = ({ dashboard, tell }) => {
  const shown = (dashboard.annotations?.list ?? []) as { name: string; enable?: boolean; expr?: string }[]
  for (const { name, expr = '' } of shown)
    if (/\b(rate|increase)\(/.test(expr)) tell(`annotation ${name}`, 'guesses times from a rate')
  const bands = shown.filter(({ enable, expr = '' }) => enable && expr.includes('phase'))
  for (const { name, expr = '' } of bands)
    if (!expr.includes('judged="true"'))
      tell(`annotation ${name}`, 'floods charts with phases that are not judged')
  for (const panel of dashboardParts(dashboard).panels.filter(({ type }) => type === 'state-timeline'))
    for (const query of queriesIn(panel))
      if (/by \([^)]*phase[^)]*\) \(rate\(/.test(query))
        tell(`${panel.id} ${panel.title}`, 'guesses phases from a rate')
}
