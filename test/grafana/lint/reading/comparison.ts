import { onEach, overridesOf, queriesIn, type ReadingRule } from './rule.ts'

/** Two runs of the same never have the same figures: what differs by less than the noise has no colour. */
const differences = onEach(['table'], (panel, say) => {
  for (const { matcher, of } of overridesOf(panel)) {
    if (!String(matcher.options).includes('Δ')) continue
    const steps = (of.thresholds as { steps?: { color: string; value: number | null }[] } | undefined)?.steps
    if (!steps) continue
    const [below = 0, above = 0] = steps.map(({ value }) => value ?? 0).slice(1)
    if (!(below <= -0.001 && above >= 0.001 && steps[1]?.color === 'text'))
      say(`${String(matcher.options)} has a colour within the noise`)
  }
})

/** Where times of two runs are drawn together, the noise is drawn too. */
const bands = onEach(['timeseries'], (panel, say) => {
  const legends = (panel.targets ?? []).map((target) => (target as { legendFormat?: string }).legendFormat)
  const isOfTwo = legends.includes('base') && legends.includes('candidate')
  const isFilled = overridesOf(panel).some(({ of }) => of['custom.fillBelowTo'] !== undefined)
  const isOfTimes = queriesIn(panel).some((query) => query.includes('http_req_duration'))
  if (isOfTwo && isOfTimes && !isFilled) say('does not draw the noise around the base')
})

/** Which of two rows is the base. */
const sides = onEach(['table'], (panel, say) => {
  const queries = queriesIn(panel)
  const isOfTwo = queries.some(
    (query) => query.includes('loadwright_run_info') && query.includes('$candidate'),
  )
  if (isOfTwo && !queries.some((query) => /label_replace\(.*"candidate"/.test(query)))
    say('does not say which run is the base')
})

/** How two runs are held against each other. */
export const comparison: ReadingRule = (reading) => {
  if (reading.name !== 'compare') return
  for (const rule of [differences, bands, sides]) rule(reading)
}
