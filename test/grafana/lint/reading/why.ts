import { dashboardParts } from '../../../../cli/grafana/panelsOf.ts'
import { queriesIn } from './rule.ts'
import type { ReadingRule } from './rule.ts'

/** What says why a run came to its verdict, where loadwright writes it. */
const NEEDED = [
  'loadwright_run_reason',
  'loadwright_run_threshold_info',
  'loadwright_run_check_failures',
] as const

/** A red verdict is explained on the first screens: reasons, thresholds, failing checks by name. */
export const why: ReadingRule = ({ dashboard, name, naming, tell }) => {
  if (name !== 'run' || (naming !== 'native' && naming !== 'classic')) return
  const open = dashboardParts({
    ...dashboard,
    panels: (dashboard.panels ?? []).filter(({ type }) => type !== 'row'),
  })
  const asked = open.panels.flatMap(queriesIn).join('\n')
  for (const series of NEEDED) if (!asked.includes(series)) tell('dashboard', `shows no ${series} at first`)
}
