import { number, time } from '../base/index.ts'
import type { RunRecord, TrendFigures } from '../record/index.ts'
import { failedCell, namedRow, type NamedCell, type NamedTable } from './namedTable.ts'

/** Sockets, gRPC calls and GraphQL operations of a run in its judged phases, as far as it had any. */
export const protocolTables = ({ sockets = [], calls = [], operations = [] }: RunRecord): NamedTable[] =>
  [
    {
      title: 'WebSockets',
      headings: ['sessions', 'refused', 'connecting p50', 'p95', 'session p50', 'p95', 'sent', 'received'],
      rows: sockets.map(
        ({ journey, socket, sessions, refused = [], connecting, session, sent, received }) => [
          ...row(journey, socket, [number(sessions)]),
          { text: countsText(refused) || '0', isBad: refused.length > 0 },
          ...[...middleAndTail(connecting), ...middleAndTail(session), ...[sent, received].map(number)].map(
            (text) => ({ text }),
          ),
        ],
      ),
    },
    {
      title: 'gRPC calls',
      headings: ['calls', 'failed', 'p50', 'p95', 'p99', 'messages', 'status'],
      rows: calls.map(({ journey, call, count, failed, p50, p95, p99, statuses, streams }) => [
        ...row(journey, call, [number(count)]),
        failed === undefined ? { text: '' } : failedCell(failed, count),
        ...[
          ...[p50, p95, p99].map(time),
          streams === undefined ? '' : `${number(streams.sent)} sent, ${number(streams.received)} received`,
          countsText(statuses),
        ].map((text) => ({ text })),
      ]),
    },
    {
      title: 'GraphQL operations',
      headings: ['operations', 'p50', 'p95', 'p99', 'with errors'],
      rows: operations.map(({ journey, operation, count, failed, p50, p95, p99 }) => [
        ...row(journey, operation, [number(count), ...[p50, p95, p99].map(time)]),
        failedCell(failed, count),
      ]),
    },
  ]
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, headings, rows }) => ({ title, headings: [title, ...headings], rows }))

/** How often there was each status: `OK 12, NOT_FOUND 3`. */
const countsText = (all: readonly { status: string; count: number }[]): string =>
  all.map(({ status, count }) => `${status} ${number(count)}`).join(', ')

const row = (journey: string | undefined, name: string, figures: readonly string[]): NamedCell[] =>
  namedRow([journey, name], figures)

const middleAndTail = ({ p50, p95 }: TrendFigures): string[] => [time(p50), time(p95)]
