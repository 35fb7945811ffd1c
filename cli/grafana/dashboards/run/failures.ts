import { CHECKS, JOURNEYS, REQUESTS } from '../../../record/index.ts'
import type { DashboardOptions } from '../../about.ts'
import type { RowSpec } from '../../layout.ts'
import { curves } from '../../panels.ts'
import { failedTraces, panelLinks, toTraces, WHERE } from './common.ts'
import { withSlos } from './slo.ts'

const TIME = { where: WHERE, over: 'time' } as const

/** What went wrong, and where. */
export function failurePanels(making: DashboardOptions): RowSpec {
  const { dialect, slos } = making
  const traces = { links: panelLinks(toTraces('Failed traces', 'status = error')) }
  return {
    id: 500,
    title: 'Failures',
    collapsed: true,
    panels: [
      ...curves(
        dialect,
        {
          id: 501,
          title: 'Failed requests by journey',
          unit: 'percentunit',
          defaults: { links: [failedTraces] },
          ...withSlos(
            slos,
            { metric: REQUESTS.failedShare, stat: 'rate', by: ['journey'] },
            'Share of requests without the expected response, made of counters.',
          ),
        },
        [{ ask: 'share', metric: REQUESTS.failedShare, by: ['journey'], ...TIME }],
      ),
      ...curves(
        dialect,
        {
          id: 502,
          title: 'Failed requests by name and status',
          unit: 'reqps',
          description: 'Requests per second without the expected response; status 0 had no response at all.',
          more: traces,
        },
        [
          {
            ask: 'rate',
            metric: REQUESTS.all.metric,
            by: ['name', 'status'],
            over: 'time',
            where: { ...WHERE, ...REQUESTS.failed.where },
            legend: '{{name}} {{status}}',
          },
        ],
      ),
      ...curves(
        dialect,
        {
          id: 503,
          title: 'Failed checks',
          unit: 'cps',
          description: 'Per second, by journey and step.',
          defaults: { links: [failedTraces] },
        },
        [{ ask: 'rate', metric: CHECKS.failed.metric, by: ['journey', 'step'], ...TIME }],
      ),
      ...curves(
        dialect,
        {
          id: 504,
          title: 'Failed journeys',
          unit: 'percentunit',
          defaults: { links: [failedTraces] },
          ...withSlos(
            slos,
            { metric: JOURNEYS.failedShare, stat: 'rate', by: ['journey'] },
            'Share of ended journeys that ensure() abandoned or an error ended.',
          ),
        },
        [{ ask: 'share', metric: JOURNEYS.failedShare, by: ['journey'], ...TIME }],
      ),
      ...curves(
        dialect,
        {
          id: 507,
          title: 'Answers of the tunnel',
          unit: 'reqps',
          description: 'Responses made by the tunnel in front of the target, not by the target.',
        },
        [{ ask: 'rate', metric: 'tunnel_errors', by: ['code'], ...TIME }],
      ),
    ],
  }
}
