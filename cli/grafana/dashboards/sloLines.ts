import { sloLimit, type Slo } from '../about.ts'
import { braces } from '../dialects/asked.ts'
import { byPattern, fixed, type Override } from '../overrides.ts'
import type { TargetsAsked } from '../targets.ts'

/** The thresholds on a metric that stand for all of it, or for one journey: those with no tag but these and `phase`. */
export const slosOn = (
  slos: readonly Slo[],
  metric: string,
  stat: string,
  journeys: 'all' | 'each' = 'all',
): Slo[] => {
  const wanted = slos.filter((slo) => {
    const others = Object.keys(slo.tags).filter((tag) => tag !== 'phase')
    const fits = journeys === 'all' ? others.length === 0 : others.join() === 'journey'
    return slo.metric === metric && slo.stat === stat && fits
  })
  // A profile that judges two phases has the same limit for each.
  return wanted.filter(
    (slo, at) => wanted.findIndex((one) => nameOf(one) === nameOf(slo) && one.limit === slo.limit) === at,
  )
}

/** A line at a limit, as long as its suite has runs that `present` finds. */
export const sloLine = (slo: Slo, present: string): TargetsAsked => ({
  expr: `${String(sloLimit(slo))} + 0 * max(${present})`,
  legendFormat: nameOf(slo),
  range: true,
  instant: false,
  format: 'time_series',
})

const nameOf = ({ suite, tags, threshold }: Slo): string => {
  const { journey } = tags
  return ['SLO', suite, ...(journey === undefined ? [] : [journey]), threshold].join(' ')
}

/** Runs of a suite, where the variable `suite` has it too. */
export const infoOf = (suite: string, where: Readonly<Record<string, string>>): string =>
  `loadwright_run_info{suite="${suite}",${braces(where).slice(1)}`

/** SLO lines are thin, red and dashed. */
export const SLO_STYLE: Override = byPattern('/^SLO /', {
  ...fixed('red'),
  'custom.drawStyle': 'line',
  'custom.lineStyle': { fill: 'dash', dash: [10, 6] },
  'custom.fillOpacity': 0,
  'custom.spanNulls': true,
  'custom.showPoints': 'never',
})
