import type { ReadingRule } from './rule.ts'

/** As many variables as stand in one line at 1440 px. */
const MOST_SHOWN = 6

const isShown = ({ hide = 0 }: { hide?: number }): boolean => hide <= 1

/**
 * The bar above a dashboard: few variables, no toggles of annotations, and no data source that a Grafana may not have,
 * which has a red triangle then.
 */
export const controls: ReadingRule = ({ dashboard, naming, tell }) => {
  const { templating: { list = [] } = {}, annotations } = dashboard
  const shown = list.filter(isShown)
  if (shown.length > MOST_SHOWN)
    tell(
      'variables',
      `${shown.length} are shown (${shown.map(({ name }) => name).join(', ')}), not ${MOST_SHOWN}`,
    )
  const own = naming === 'influxdb' ? 'influxdb' : 'prometheus'
  for (const { name, type, query } of shown)
    if (type === 'datasource' && query !== own)
      tell(`$${name}`, `shows a red triangle where there is no ${query as string}`)
  for (const { name, hide, placement } of annotations?.list ?? [])
    if (hide !== true && placement !== 'inControlsMenu')
      tell(`annotation ${name}`, 'has a toggle in the bar: give it placement inControlsMenu')
}
