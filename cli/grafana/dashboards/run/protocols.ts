import type { DashboardOptions } from '../../about.ts'
import type { RowSpec } from '../../layout.ts'
import { curves, type PanelSpec, type TargetsAsked, type Unplaced } from '../../panels.ts'
import type { Measure } from '../../question.ts'
import { CALLS, CONNECTING, MESSAGES, OPERATIONS, REQUESTS, SOCKETS, STREAMS } from '../../../record/index.ts'
import { WHERE } from './common.ts'
import { withSlos } from './slo.ts'

/** What is said by WebSocket, gRPC and GraphQL, a row for each: closed, since most suites have none of them. */
export const protocols = (making: DashboardOptions): RowSpec[] => [
  { id: 720, title: 'WebSocket', collapsed: true, panels: sockets(making) },
  { id: 740, title: 'gRPC', collapsed: true, panels: calls(making) },
  { id: 760, title: 'GraphQL', collapsed: true, panels: operations(making) },
]

const BY_NAME = ['name'] as const

/** A question over time, by name unless told. */
const asked = (measure: Measure, by: readonly string[] = BY_NAME, legend?: string): TargetsAsked => ({
  ...measure,
  ...(legend === undefined ? {} : { legend }),
  by,
  where: WHERE,
  over: 'time',
})

/** The quantile that is chosen of a Trend of times, by name. */
const chosen = (
  { dialect, slos }: DashboardOptions,
  spec: Pick<PanelSpec, 'id' | 'title'>,
  metric: string,
  description: string,
): Unplaced[] =>
  curves(
    dialect,
    { ...spec, unit: 's', ...withSlos(slos, { metric, stat: 'p(95)', by: BY_NAME }, description) },
    [asked({ ask: 'quantile', q: '$quantile', metric })],
  )

const messages = (
  { dialect }: DashboardOptions,
  spec: Pick<PanelSpec, 'id' | 'title' | 'description'>,
  { sent, received }: { sent: string; received: string },
): Unplaced[] =>
  curves(dialect, { ...spec, unit: 'cps' }, [
    asked({ ask: 'rate', metric: sent }, BY_NAME, 'sent {{name}}'),
    asked({ ask: 'rate', metric: received }, BY_NAME, 'received {{name}}'),
  ])

const sockets = (making: DashboardOptions): Unplaced[] => [
  ...curves(
    making.dialect,
    { id: 721, title: 'Sockets per second', unit: 'cps', description: 'Handshakes that were made, by name.' },
    [asked({ ask: 'rate', metric: SOCKETS.all.metric })],
  ),
  ...chosen(
    making,
    { id: 722, title: '${quantile:text} of connecting' },
    CONNECTING,
    'What the handshake of a socket took, by name. Lines are limits of p95.',
  ),
  ...chosen(
    making,
    { id: 723, title: '${quantile:text} of sessions' },
    SOCKETS.trend,
    'How long sockets stayed open, by name; each is counted at its end. How long an answer took is its step’s time.',
  ),
  ...messages(
    making,
    {
      id: 724,
      title: 'Messages of sockets',
      description: 'Messages per second, by the name of their socket.',
    },
    MESSAGES,
  ),
]

const calls = (making: DashboardOptions): Unplaced[] => [
  ...chosen(
    making,
    { id: 741, title: '${quantile:text} of calls' },
    CALLS.trend,
    'How long gRPC calls took, by name; a stream until its end. Lines are limits of p95.',
  ),
  ...failedCalls(making),
  ...callsByStatus(making),
  ...curves(
    making.dialect,
    { id: 743, title: 'Streams per second', unit: 'cps', description: 'Streams that were opened, by name.' },
    [asked({ ask: 'rate', metric: STREAMS.all })],
  ),
  ...messages(
    making,
    {
      id: 744,
      title: 'Messages of streams',
      description: 'Messages per second, by the name of their stream.',
    },
    STREAMS,
  ),
]

const failedCalls = ({ dialect, slos }: DashboardOptions): Unplaced[] => {
  const metric = CALLS.failedShare
  const judging = { metric, stat: 'rate', by: BY_NAME }
  const description =
    'Share of calls whose status was not expected, or to which there was no connection, by name.'
  return curves(
    dialect,
    { id: 745, title: 'Failed calls', unit: 'percentunit', ...withSlos(slos, judging, description) },
    [asked({ ask: 'share', metric })],
  )
}

const callsByStatus = ({ dialect }: DashboardOptions): Unplaced[] =>
  curves(
    dialect,
    {
      id: 742,
      title: 'Calls per second by status',
      unit: 'cps',
      description:
        'Calls that ended, by name and the number of gRPC’s status: 0 is OK, 4 DEADLINE_EXCEEDED, 5 NOT_FOUND, 14 UNAVAILABLE.',
    },
    [asked({ ask: 'samples', metric: CALLS.trend }, ['name', 'status'])],
  )

const operations = (making: DashboardOptions): Unplaced[] => {
  const { dialect, slos } = making
  const metric = OPERATIONS.failedShare
  return [
    ...curves(
      dialect,
      {
        id: 761,
        title: 'Operations per second',
        unit: 'cps',
        description: `GraphQL operations by name. Their times are those of their requests (${REQUESTS.trend}): see Times.`,
      },
      [asked({ ask: 'rate', metric: OPERATIONS.all.metric })],
    ),
    ...curves(
      dialect,
      {
        id: 762,
        title: 'Operations with errors',
        unit: 'percentunit',
        ...withSlos(
          slos,
          { metric, stat: 'rate', by: BY_NAME },
          'Share of operations whose answer had errors that were not expected, by name, whatever its status was.',
        ),
      },
      [asked({ ask: 'share', metric })],
    ),
  ]
}
