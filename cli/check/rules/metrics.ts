import type { Rule } from '../rule.ts'
import { DERIVED_METRICS, FATAL_METRICS } from '../sm.ts'

/** Rules about the names of metrics. */
export const METRIC_RULES: readonly Rule[] = [
  {
    id: 'metric-name',
    severity: 'error',
    looks: `metrics named ${FATAL_METRICS.map((name) => `\`${name}\``).join(' or ')}`,
    why: 'the agent publishes one of that name itself (probe_…): the two contradict, and all data of the execution is dropped',
    fix: 'name it after what it measures: order_succeeded, checkout_duration_seconds',
    find: ({ evaluation }) =>
      (evaluation?.declared?.metrics ?? [])
        .filter(({ name }) => FATAL_METRICS.includes(name))
        .map(({ name }) => ({ at: `metric ${name}`, got: `the name ${name}` })),
  },
  {
    id: 'metric-twin',
    severity: 'warning',
    looks:
      'metrics named like one that Synthetic Monitoring makes of k6’s own, such as `script_duration_seconds`',
    why: 'two metrics are published under one name, and which of two equal series stays is chance',
    fix: 'give it another name',
    find: ({ evaluation }) =>
      (evaluation?.declared?.metrics ?? [])
        .filter(({ name }) => DERIVED_METRICS.includes(name))
        .map(({ name }) => ({ at: `metric ${name}`, got: `the name ${name}` })),
  },
]
