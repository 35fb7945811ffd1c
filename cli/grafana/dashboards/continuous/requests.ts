import { JOURNEYS } from '../../../record/index.ts'
import type { Unplaced } from '../../panels.ts'
import type { Dialect } from '../../question.ts'
import { BY_CHECK, CHECK, draw } from './drawn.ts'
import { probeSource } from './source.ts'

/** How long executions took, and of what a request's time is made. */
export const requests = (dialect: Dialect): Unplaced[] => [
  ...draw(
    dialect,
    {
      id: 3601,
      title: 'Time of an execution',
      unit: 's',
      description:
        'The time below which 95 of 100 executions of the last hour were, by check and probe. Synthetic Monitoring publishes no quantiles of requests.',
    },
    [`max by (${CHECK}) (quantile_over_time(0.95, ${probeSource('script_duration_seconds')}[1h]))`, BY_CHECK],
  ),
  ...draw(
    dialect,
    {
      id: 3602,
      title: 'Requests by part',
      unit: 's',
      defaults: STACKED,
      description:
        'The mean time of a request of an execution, and its parts: connection, TLS, sending, waiting (processing), receiving (transfer).',
    },
    [`avg by (phase) (${parts})`, '{{phase}}'],
  ),
  ...draw(
    dialect,
    {
      id: 3603,
      title: 'Time of requests by name',
      unit: 's',
      description: 'The mean time of a request of the last execution, the highest of all probes.',
    },
    [`max by (name) (${probeSource('http_total_duration_seconds')})`, '{{name}}'],
  ),
  ...draw(
    dialect,
    {
      id: 3604,
      title: 'Failed requests per execution',
      unit: 'short',
      description: 'Requests of the last execution that failed, by name, of all probes.',
    },
    [`sum by (name) (${probeSource('http_requests_failed_total')})`, '{{name}}'],
  ),
  ...draw(
    dialect,
    {
      id: 3605,
      title: 'Time of journeys',
      unit: 'ms',
      w: 24,
      description: 'The mean time of each journey of the last execution, think time excluded, by probe.',
    },
    [`avg by (job, journey, probe) (${probeSource(JOURNEYS.trend)})`, '{{job}} · {{journey}} · {{probe}}'],
  ),
]

/** Blocked time consists of connecting and TLS; k6 always writes 0 for resolving. */
const parts = probeSource('http_duration_seconds').replace('}', ',phase!~"blocked|resolve"}')

const STACKED = { custom: { stacking: { mode: 'normal', group: 'A' }, fillOpacity: 40 } }
