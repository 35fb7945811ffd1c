import { ITERATIONS, REQUESTS } from '../../../record/index.ts'
import type { DashboardOptions } from '../../about.ts'
import type { RowSpec } from '../../layout.ts'
import { byQuery } from '../../overrides.ts'
import { curves } from '../../panels.ts'
import { WHERE } from './common.ts'
import { phases } from './phases.ts'

const BY_JOURNEY = { by: ['journey'], where: WHERE, over: 'time' } as const

/** What k6 did: VUs, requests, iterations, phases. */
export function loadPanels(making: DashboardOptions): RowSpec {
  const { dialect } = making
  return {
    id: 200,
    title: 'Load',
    collapsed: true,
    panels: [
      ...curves(
        dialect,
        {
          id: 201,
          title: 'VUs',
          unit: 'short',
          description:
            'VUs that there are, the most that there may be, and those in an iteration, by journey: the time of iterations per second (Little’s law). Iterations are counted when they end.',
          overrides: [
            byQuery('A', { 'custom.lineWidth': 2, 'custom.fillOpacity': 0 }),
            byQuery('B', { 'custom.lineStyle': { fill: 'dash', dash: [8, 8] }, 'custom.fillOpacity': 0 }),
          ],
        },
        [
          { ask: 'level', metric: 'vus', over: 'time', legend: 'VUs' },
          { ask: 'level', metric: 'vus_max', over: 'time', legend: 'most VUs' },
          { ask: 'busy', ...BY_JOURNEY, legend: 'busy: {{journey}}' },
        ],
      ),
      ...curves(
        dialect,
        {
          id: 202,
          title: 'Requests per second',
          unit: 'reqps',
          description: 'Requests that k6 sent, by journey.',
        },
        [{ ask: 'rate', metric: REQUESTS.all.metric, ...BY_JOURNEY }],
      ),
      ...curves(
        dialect,
        {
          id: 203,
          title: 'Iterations per second',
          unit: 'cps',
          description: 'Iterations that ended, by journey.',
        },
        [{ ask: 'rate', metric: ITERATIONS.all.metric, ...BY_JOURNEY }],
      ),
      ...phases(making),
      ...curves(
        dialect,
        {
          id: 205,
          title: 'Dropped iterations per second',
          unit: 'cps',
          description:
            'Iterations that no VU was free for, by scenario: k6 does not know of which journey they were. Any of them, and the target got less load than was asked for.',
        },
        [{ ask: 'rate', metric: 'dropped_iterations', by: ['scenario'], where: WHERE, over: 'time' }],
      ),
      ...curves(
        dialect,
        {
          id: 206,
          title: 'Data per second',
          unit: 'Bps',
          description: 'Bytes that k6 received and sent: whether the network of the generator is the limit.',
        },
        (['data_received', 'data_sent'] as const).map((metric) => ({
          ...({ ask: 'rate', where: WHERE, over: 'time' } as const),
          metric,
          legend: metric.replace('data_', ''),
        })),
      ),
    ],
  }
}
