import { isOpen } from '../../../config/workload/shape.ts'
import { share } from '../../base/index.ts'
import { LEAST, type Cost } from './cost.ts'
import type { Sizing } from './kept.ts'
import type { Machine } from './machine.ts'
import { fitOf, needOf, USABLE, type Asked, type Costs } from './need.ts'
import { RESOURCES } from './resources.ts'

/** A load, and what is known of it. */
export interface Planned {
  options: Asked
  /** Requests of an iteration of each scenario, as far as they are known. */
  iteration: Readonly<Record<string, { requests: number }>>
  /** How many k6 share it on this machine. */
  instances: number
  /** How many machines make an equal part of it each; 1 unless told. */
  machines?: number
  /** What it was measured to cost; undefined where it never was. */
  sizing: Sizing | undefined
}

/**
 * A sentence for each resource of which one machine has too little for a load. Without a measurement only what even a bare
 * script would not find is told. VUs that begin anew at once are as fast as CPU and target let them, and are told of no CPU.
 */
export function shortOf(
  { options, iteration, instances, machines = 1, sizing }: Planned,
  machine: Machine,
): string[] {
  const costs = sizing ?? leastOf(options, iteration)
  const { base } = costs
  const whole = needOf(options, costs)
  const open = Object.fromEntries(Object.entries(options.scenarios).filter(([, shape]) => isOpen(shape)))
  const memory = (whole.memory - base.memory) / machines
  const need = {
    ...whole,
    cpu: needOf({ ...options, scenarios: open }, costs).cpu / machines,
    memory: memory + instances * base.memory,
    files: (whole.files - base.files) / machines / instances + base.files,
    ports: whole.ports / machines,
    bandwidth: whole.bandwidth / machines,
  }
  const isKnown = sizing !== undefined && whole.unknown.length === 0
  const about = isKnown ? 'about' : 'at least'
  return fitOf(need, base, machine)
    .rows.filter(({ share }) => share > (sizing ? 1 : 1 / USABLE))
    .map(({ resource, need, has }) => {
      const { name, amount, from, fix } = RESOURCES[resource]
      const each = resource === 'files' && instances > 1 ? ' in each k6' : ''
      const margin = need <= has ? `, of which ${share(USABLE)} are to be used` : ''
      const load = machines > 1 ? 'this part of the load' : 'this load'
      return `${name}: ${load} needs ${about} ${amount(need)}${each}, and there are ${amount(has)} (${from})${margin}. Give it ${fix}`
    })
}

/** A bare script's costs for every scenario. */
const leastOf = ({ scenarios }: Asked, iteration: Planned['iteration']): Costs => ({
  base: LEAST.base,
  scenarios: Object.fromEntries(
    Object.keys(scenarios).map((name): [string, Cost] => [
      name,
      { ...LEAST.cost, cpu: LEAST.cost.cpu * Math.max(1, iteration[name]?.requests ?? 1) },
    ]),
  ),
})
