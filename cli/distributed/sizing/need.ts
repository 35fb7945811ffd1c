import { sum } from '../../../config/sum.ts'
import { isOpen, peak, type Shape } from '../../../config/workload/shape.ts'
import { LEAST, type BaseCost, type Cost } from './cost.ts'
import type { Machine } from './machine.ts'
import { RESOURCE_NAMES, type Resource } from './resources.ts'

/** What is known of a suite's costs: those of k6 itself, and of each scenario by name. */
export interface Costs {
  base: BaseCost
  scenarios: Readonly<Record<string, Cost>>
}

/** The load that is asked for, as far as it decides what it takes. */
export interface Asked {
  scenarios: Readonly<Record<string, Shape>>
  /** k6's options by which connections are not kept. */
  noConnectionReuse?: unknown
  noVUConnectionReuse?: unknown
}

/** What a load takes at its peak, all scenarios at once, if one k6 makes it. */
export interface Need extends Readonly<Record<Resource, number>> {
  vus: number
  /** Iterations and requests per second. */
  rate: number
  requests: number
  /** Scenarios that were never measured: they take this at least. */
  unknown: readonly string[]
}

/** Seconds for which the system keeps the port of a connection that was closed (TIME_WAIT). */
const CLOSED_SECONDS = 60

/** What a load takes by what its scenarios cost; one without a cost takes at least what a bare script does. */
export function needOf(asked: Asked, { base, scenarios }: Costs): Need {
  const parts = Object.entries(asked.scenarios).map(([name, shape]) =>
    partOf(shape, scenarios[name] ?? LEAST.cost, asked),
  )
  const all = (of: (part: (typeof parts)[number]) => number): number => sum(parts.map(of))
  return {
    unknown: Object.keys(asked.scenarios).filter((name) => scenarios[name] === undefined),
    vus: all(({ vus }) => vus),
    rate: all(({ rate }) => rate),
    requests: all(({ rate, cost }) => rate * cost.requests),
    cpu: all(({ rate, cost }) => rate * cost.cpu),
    memory: base.memory + all(({ vus, cost }) => vus * cost.memory),
    files: base.files + all(({ vus, cost }) => vus * cost.files),
    ports: all(({ ports }) => ports),
    bandwidth: Math.max(
      all(({ rate, cost }) => rate * cost.sent),
      all(({ rate, cost }) => rate * cost.received),
    ),
  }
}

function partOf(shape: Shape, cost: Cost, { noConnectionReuse, noVUConnectionReuse }: Asked) {
  const { vus, rate: given } = peak(shape)
  const rate = isOpen(shape) ? given : cost.lasts > 0 ? vus / cost.lasts : 0
  const closed = noConnectionReuse === true ? cost.requests : noVUConnectionReuse === true ? cost.files : 0
  return { vus, rate, cost, ports: vus * cost.files + rate * closed * CLOSED_SECONDS }
}

/** The share of a resource that a load may take: the rest is for what varies, and for others on the machine. */
export const USABLE = 0.8

/** How a load fits on machines like one. */
export interface Fit {
  /** Machines that it needs, and k6 on each: `--instances`. */
  machines: number
  instances: number
  /** For each resource that the machine tells: what is needed, what there is, and which share of what is usable that is. */
  rows: readonly { resource: Resource; need: number; has: number; share: number }[]
}

/**
 * How many machines like this one a load needs, and how many k6 on each. Machines share every resource; the open files
 * of a process are shared by further processes on the same machine too.
 */
export function fitOf(need: Need, base: BaseCost, machine: Machine): Fit {
  const rows = RESOURCE_NAMES.flatMap((resource) => {
    const has = machine[resource]
    return has === undefined
      ? []
      : [{ resource, need: need[resource], has, share: need[resource] / (USABLE * has) }]
  })
  const timesOver = rows.map(({ resource, need, has }) => {
    if (resource === 'files') return 0
    // k6 itself takes its memory on every machine.
    const once = resource === 'memory' ? Math.min(base.memory, USABLE * has - 1) : 0
    return (need - once) / (USABLE * has - once)
  })
  const machines = Math.max(1, ...timesOver.map((times) => Math.ceil(times - 1e-9)))
  const files = machine.files ?? Infinity
  const instances = Math.max(
    1,
    Math.ceil((need.files - base.files) / machines / (USABLE * files - base.files)),
  )
  return { machines, instances, rows }
}

/** How many times a load fits on one machine with so many k6 as it takes, and the resource that ends first. */
export function timesOn(need: Need, base: BaseCost, machine: Machine): { times: number; ends: Resource } {
  const rows = RESOURCE_NAMES.flatMap((resource) => {
    const has = machine[resource]
    const once = resource === 'memory' ? base.memory : 0
    return has === undefined || resource === 'files' || need[resource] - once <= 0
      ? []
      : [{ ends: resource, times: Math.max(0, (USABLE * has - once) / (need[resource] - once)) }]
  })
  const none: (typeof rows)[number] = { ends: 'cpu', times: Infinity }
  return rows.reduce((least, one) => (one.times < least.times ? one : least), none)
}
