import { defaultsOf, onEach, overridesOf } from './rule.ts'

/** Of zeros alone Grafana draws an axis up to 100, whatever the unit: 10 000 %, 100 requests per second. */
export const axes = onEach(['timeseries', 'barchart'], (panel, say) => {
  const { unit = '', min, max, custom = {} } = defaultsOf(panel)
  if (max === undefined && custom.axisSoftMax === undefined)
    say(`its axis has neither max nor axisSoftMax: zeros are drawn up to 100 ${unit}`)
  for (const { matcher, of } of overridesOf(panel))
    if (
      of['custom.axisPlacement'] === 'right' &&
      of.max === undefined &&
      of['custom.axisSoftMax'] === undefined
    )
      say(`its right axis, of ${String(matcher.options)}, has neither max nor axisSoftMax`)
  if (unit === 'percentunit' && min === undefined && custom.axisSoftMin === undefined)
    say('its percentages begin at no min')
  if (unit === 'percentunit' && Number(custom.axisSoftMax ?? max) > 1)
    say('its percentages reach beyond 100 %')
})
