import { defaultsOf, onEach, overridesOf } from './rule.ts'

/** A bar without min begins at the least value of its column: 58.6 % beside 100 % is drawn empty. */
export const gauges = onEach(['table', 'bargauge', 'gauge'], (panel, say) => {
  const defaults = defaultsOf(panel)
  for (const { matcher, of } of overridesOf(panel)) {
    if ((of['custom.cellOptions'] as { type?: string } | undefined)?.type !== 'gauge') continue
    const [min, max] = [of.min ?? defaults.min, of.max ?? defaults.max]
    const column = String(matcher.options)
    if (min === undefined || max === undefined) say(`the bars of ${column} have no min and max`)
    else if ((of.unit ?? defaults.unit) === 'percentunit' && (min !== 0 || max !== 1))
      say(`the bars of ${column} do not reach from 0 to 100 %`)
  }
  if (panel.type !== 'table' && (defaults.min === undefined || defaults.max === undefined))
    say('its bars have no min and max')
})
