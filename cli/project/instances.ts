import type { Problem } from '../../config/problem/problem.ts'
import { isOpen, peak } from '../../config/workload/shape.ts'
import { flagsOf } from '../k6/index.ts'
import { drivesBrowser } from '../record/index.ts'
import { loadOf } from './load.ts'
import type { Plan } from './plan.ts'
import { segmentOf } from './segment.ts'
import { variableName } from './variables.ts'

/** How many k6 are to share a load, and what else they are told. */
interface Asked {
  count: number
  record: 'on' | 'off'
  /** Further arguments for k6. */
  more: readonly string[]
  /** How many there are place for, whatever the load; those of one machine unless told. */
  place?: MostInstances
}

/** So many instances at most, and why no more. */
export interface MostInstances {
  most: number
  why: string
}

const ONE_MACHINE: MostInstances = { most: 64, why: 'the most on one machine' }
/** Outputs of k6's of which several would write one file, listen at one port, or make a run each. */
const SINGLE = ['json', 'csv', 'web-dashboard', 'cloud']

/** Whether further arguments for k6 set a tag of its run. */
export const isTagged = (more: readonly string[], tag: string): boolean =>
  flagsOf(more).some(({ name, value = '' }) => name === 'tag' && variableName(value) === tag)

/** Why a plan's load cannot be shared by so many k6. */
export function instanceProblems(plan: Plan, { count, record, more, place = ONE_MACHINE }: Asked): Problem[] {
  const where = '--instances'
  const got = String(count)
  const flags = flagsOf(more)
  const { options } = plan.manifest
  const problems: Problem[] = []
  const add = (allowed: string, fix?: string): void =>
    void problems.push({ where, got, allowed, ...(fix === undefined ? {} : { fix }) })
  const { most, why } = mostInstances(plan, more, place)
  if (count > most) add(`from 1 to ${most}: ${why}`)
  if (record === 'off') add('with --record on', 'Several instances are judged by what they recorded.')
  if (drivesBrowser(options))
    add('without a browser', 'One k6 drives any number of browsers; what limits them is the machine.')
  if (segmentOf(more, options))
    add('without --execution-segment', 'loadwright gives each instance its own segment.')
  if (flags.some(({ name }) => name === 'address'))
    add('without --address', 'loadwright gives each instance its own address.')
  if (isTagged(more, 'instance_id'))
    add('without --tag instance_id', 'loadwright tells the instances apart by it.')
  for (const { value = '' } of flags.filter(({ name }) => name === 'out')) {
    const [output = ''] = value.split('=', 1)
    if (SINGLE.includes(output))
      add(
        `without --out ${output}`,
        'Each instance would write it for itself: use influxdb or opentelemetry.',
      )
  }
  return problems
}

/** How many instances a load has work for: each needs a VU, and an arrival rate a VU in each or its share is lost. */
export function mostInstances(plan: Plan, more: readonly string[], place: MostInstances): MostInstances {
  const scenarios = loadOf(more, plan).scenarios ?? plan.manifest.options.scenarios
  const all = Object.entries(scenarios).map(([name, shape]) => ({ name, shape, vus: peak(shape).vus }))
  if (all.length === 0) return place
  const total = all.reduce((sum, { vus }) => sum + vus, 0)
  const open = all.filter(({ shape }) => isOpen(shape))
  return [
    place,
    { most: total, why: `there is work for ${total} VUs at most, and each instance needs one` },
    ...open.map(({ name, vus }) => ({
      most: vus,
      why: `scenario ${name} has ${vus} VUs at most, and without one an instance could not start its share of the rate`,
    })),
  ].reduce((least, one) => (one.most < least.most ? one : least))
}
