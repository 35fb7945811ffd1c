import type { Monitor, PUBLIC_PROBES } from '../../../config/monitor/monitor.ts'
import { monitorProblems } from '../../../config/monitor/monitorProblems.ts'
import { quote, type Problem } from '../../../config/problem/problem.ts'
import type { Preset } from './preset.ts'

/** Public probes by the load zone of the same place: other zones have none. */
const PROBES: Readonly<Record<string, (typeof PUBLIC_PROBES)[number]>> = {
  'amazon:us:ashburn': 'NorthVirginia',
  'amazon:us:columbus': 'Ohio',
  'amazon:us:palo alto': 'NorthCalifornia',
  'amazon:us:portland': 'Oregon',
  'amazon:ca:montreal': 'Montreal',
  'amazon:br:sao paulo': 'SaoPaulo',
  'amazon:de:frankfurt': 'Frankfurt',
  'amazon:gb:london': 'London',
  'amazon:fr:paris': 'Paris',
  'amazon:se:stockholm': 'Stockholm',
  'amazon:za:cape town': 'CapeTown',
  'amazon:in:mumbai': 'Mumbai',
  'amazon:id:jakarta': 'Jakarta',
  'amazon:kr:seoul': 'Seoul',
  'amazon:sg:singapore': 'Singapore',
  'amazon:au:sydney': 'Sydney',
  'amazon:jp:tokyo': 'Tokyo',
}

/** Problems with the paths where a preset says what is wrong. */
type PathProblems = (readonly [path: string, problem: Omit<Problem, 'where'>])[]

/**
 * A preset as a monitor of a target, on the probes that it names, or those of its regions; undefined where it is none.
 */
export function monitorOf(
  { monitor, regions = {}, environment }: Preset,
  target: string | undefined,
): { monitor?: Monitor; problems: PathProblems } {
  if (monitor === undefined) return { problems: [] }
  const zones = monitor.probes ? [] : Object.keys(regions)
  const probes = monitor.probes ?? zones.flatMap((zone) => PROBES[zone] ?? [])
  const made = {
    ...monitor,
    ...(target === undefined ? {} : { target }),
    ...(environment === undefined ? {} : { environment }),
    ...(probes.length > 0 ? { probes } : {}),
  }
  const unknown = zones.filter((zone) => !Object.hasOwn(PROBES, zone))
  const problems: PathProblems = unknown.map((zone) => [
    'regions',
    {
      got: `${quote(zone)}, where no public probe is`,
      allowed: `with monitor: ${Object.keys(PROBES).join(', ')}`,
      fix: 'Name the probes: monitor: { probes: [Frankfurt] }.',
    },
  ])
  if (unknown.length === 0)
    for (const { where, ...problem } of monitorProblems({ monitor: made }, 'preset'))
      problems.push([where.replace('preset.', ''), problem])
  return { monitor: made as Monitor, problems }
}
