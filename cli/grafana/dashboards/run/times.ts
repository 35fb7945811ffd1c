import { JOURNEYS, REQUESTS, SPAN_DURATION } from '../../../record/index.ts'
import type { DashboardOptions } from '../../about.ts'
import type { RowSpec } from '../../layout.ts'
import { byPattern } from '../../overrides.ts'
import { curves, heatmap, type Unplaced } from '../../panels.ts'
import { failedTraces, WHERE } from './common.ts'
import { withSlos } from './slo.ts'

const QUANTILES = [
  { id: 301, q: 0.5, title: 'p50', stat: 'p(50)' },
  { id: 302, q: 0.95, title: 'p95', stat: 'p(95)' },
  { id: 303, q: 0.99, title: 'p99', stat: 'p(99)' },
] as const

/** The title of the panel that only suites with spans have data for. */
export const SPANS = '${quantile:text} of spans'

/** How long requests, steps and journeys took. */
export function timePanels(making: DashboardOptions): RowSpec {
  const { dialect, slos } = making
  const chosen = (
    id: number,
    title: string,
    metric: string,
    by: readonly string[],
    description: string,
  ): Unplaced[] =>
    curves(
      dialect,
      {
        id,
        title,
        unit: 's',
        defaults: { links: [failedTraces] },
        ...withSlos(slos, { metric, stat: 'p(95)', by }, `${description} Lines are limits of p95.`),
      },
      [{ ask: 'quantile', q: '$quantile', metric, by, where: WHERE, over: 'time' }],
    )
  return {
    id: 300,
    title: 'Times',
    collapsed: true,
    panels: [
      ...QUANTILES.flatMap(({ id, q, title, stat }) =>
        curves(
          dialect,
          {
            id,
            title: `${title} of requests by journey`,
            unit: 's',
            w: 8,
            defaults: { links: [failedTraces] },
            ...withSlos(
              slos,
              { metric: REQUESTS.trend, stat, by: ['journey'] },
              `${title} of the time of requests, by journey.`,
            ),
          },
          [
            {
              ask: 'quantile',
              q,
              metric: REQUESTS.trend,
              by: ['journey'],
              where: WHERE,
              over: 'time',
            },
          ],
        ),
      ),
      ...chosen(
        ...([304, '${quantile:text} of journeys', JOURNEYS.trend, ['journey']] as const),
        'A whole journey, think time left out.',
      ),
      ...chosen(
        ...([305, '${quantile:text} of requests by step', REQUESTS.trend, ['journey', 'step']] as const),
        'Requests of each step.',
      ),
      ...chosen(
        ...([306, '${quantile:text} of requests by name', REQUESTS.trend, ['name']] as const),
        'Requests by their name.',
      ),
      ...heatmap(
        dialect,
        {
          // A label of OpenTelemetry's buckets cannot be divided: theirs stay in milliseconds.
          id: 307,
          title: 'Times of requests',
          unit: dialect.language === 'promql' ? 'reqps' : 'short',
          axis: dialect.name === 'otel' ? 'ms' : 's',
          description:
            dialect.language === 'promql'
              ? 'How many requests per second took how long: two bands are two kinds of answer.'
              : 'How long requests took, of some that are drawn by lot in each interval: two bands are two kinds of answer. How many there were is in Requests per second.',
        },
        [{ ask: 'buckets', metric: REQUESTS.trend, where: WHERE, over: 'time' }],
      ),
      ...chosen(
        ...([308, SPANS, SPAN_DURATION, ['span']] as const),
        'What `span` measures, by its name, such as how long an answer took that came through a socket.',
      ),
    ],
  }
}

const PARTS = [
  ['http_req_blocked', 'waiting for a connection'],
  ['http_req_connecting', 'connecting'],
  ['http_req_tls_handshaking', 'TLS'],
  ['http_req_sending', 'sending'],
  ['http_req_waiting', 'waiting for the target'],
  ['http_req_receiving', 'receiving'],
] as const

/** Which part of a request takes the time. */
export function timeGoes({ dialect }: DashboardOptions): RowSpec {
  return {
    id: 400,
    title: 'Where the time goes',
    collapsed: true,
    panels: [
      ...curves(
        dialect,
        {
          id: 401,
          title: 'Parts of a request',
          unit: 's',
          description: `Means over all requests, stacked. http_req_blocked has connecting and TLS in it. ${REQUESTS.trend} is sending, waiting and receiving.`,
          defaults: { custom: { fillOpacity: 30, stacking: { mode: 'normal', group: 'A' } } },
          overrides: [
            byPattern('/^(connecting|TLS)$/', {
              'custom.stacking': { mode: 'none', group: 'B' },
              'custom.fillOpacity': 0,
            }),
          ],
        },
        PARTS.map(([metric, legend]) => ({
          ...({ ask: 'mean', where: WHERE, over: 'time' } as const),
          metric,
          legend,
        })),
      ),
      ...curves(
        dialect,
        {
          id: 402,
          title: 'Waiting for the target by name',
          unit: 's',
          description: 'Mean time to the first byte (http_req_waiting), by the request’s name.',
        },
        [{ ask: 'mean', metric: 'http_req_waiting', by: ['name'], where: WHERE, over: 'time' }],
      ),
    ],
  }
}
