import { expect, test } from 'vitest'
import { counter, trend } from '../../test/doubles/pushesOfK6.ts'
import { callsOf } from './calls.ts'
import { operationsOf } from './operations.ts'
import { socketsOf } from './sockets.ts'
import { spansOf } from './spans.ts'
import { createStore } from './store.ts'

const near = (value: number) => expect.closeTo(value, -Math.log10(value * 0.19)) as number
const place = { journey: 'talk', phase: 'steady', name: 'chat', step: 'join' }
const called = { ...place, name: 'GetProduct', method: 'GetProduct' }
const asked = { ...place, name: 'Cart' }
const warm = { phase: 'warm-up' }
const store = createStore()
store.add([
  counter('k6_ws_sessions_total', 3, 1, { ...place, status: '101' }),
  counter('k6_ws_sessions_total', 9, 1, { ...place, ...warm }),
  counter('k6_ws_sessions_total', 1, 2, { phase: 'steady', url: 'ws://127.0.0.1/ws' }),
  trend('k6_ws_connecting_seconds', [0.01, 0.01, 0.01], 1, place),
  trend('k6_ws_session_duration_seconds', [2, 2, 2], 1, place),
  counter('k6_ws_msgs_sent_total', 6, 1, place),
  counter('k6_ws_msgs_received_total', 5, 1, { ...place, step: 'say' }),
  trend('k6_grpc_req_duration_seconds', [0.1, 0.1], 1, { ...called, status: '0' }),
  trend('k6_grpc_req_duration_seconds', [0.1, 0.1, 0.1], 1, { ...called, status: '14' }),
  trend('k6_grpc_req_duration_seconds', [0.1], 1, { ...called, status: '99' }),
  counter('k6_grpc_calls_total', 8, 1, called),
  counter('k6_grpc_calls_failed_total', 5, 1, called),
  // What k6 asked by itself.
  trend('k6_grpc_req_duration_seconds', [1], 1, { journey: 'talk', phase: 'steady', status: '12' }),
  trend('k6_grpc_req_duration_seconds', [1], 2, { ...called, name: 'WatchPrice', status: '0' }),
  counter('k6_grpc_streams_total', 1, 2, { ...called, name: 'WatchPrice' }),
  counter('k6_grpc_streams_msgs_received_total', 4, 2, { ...called, name: 'WatchPrice' }),
  trend('k6_span_duration_seconds', [0.2, 0.2], 1, { ...place, span: 'first answer' }),
  trend('k6_span_duration_seconds', [9], 1, { ...place, ...warm, span: 'first answer' }),
  counter('k6_graphql_operations_total', 4, 1, asked),
  counter('k6_graphql_operations_failed_total', 1, 1, asked),
  trend('k6_http_req_duration_seconds', [0.3], 1, { ...asked, status: '200' }),
  trend('k6_http_req_duration_seconds', [9], 1, { ...asked, ...warm, status: '200' }),
])

test('handshakes that a server refused are told by their status', () => {
  const refusing = createStore()
  const sessions = (count: number, more: object) =>
    counter('k6_ws_sessions_total', count, 1, { ...place, ...more })
  refusing.add([sessions(2, { status: '401' }), sessions(3, { status: '101' }), sessions(1, {})])
  expect(socketsOf(refusing, [])).toMatchObject([{ sessions: 6, refused: [{ status: '401', count: 2 }] }])
  expect(socketsOf(store, [])[0]).not.toHaveProperty('refused')
})

test('sockets are told by name, those of a plain script by their address, as far as they are judged', () => {
  const chat = { journey: 'talk', socket: 'chat', sessions: 3, sent: 6, received: 5 }
  expect(socketsOf(store, ['steady'])).toMatchObject([
    { ...chat, connecting: { p95: near(10) }, session: { p50: near(2000) } },
    { socket: 'ws://127.0.0.1/ws', sessions: 1, connecting: {} },
  ])
  expect(socketsOf(store, [])).toMatchObject([{ sessions: 12 }, { sessions: 1 }])
})

test('calls are told by name, with their statuses, most first, and streams with their messages', () => {
  expect(callsOf(store, ['steady'])).toMatchObject([
    {
      call: 'GetProduct',
      count: 8,
      failed: 5,
      p95: near(100),
      statuses: [
        { status: 'UNAVAILABLE', count: 3 },
        { status: 'OK', count: 2 },
        { status: 'not made', count: 2 },
        { status: 'status 99', count: 1 },
      ],
    },
    { call: 'WatchPrice', count: 1, streams: { count: 1, sent: 0, received: 4 } },
  ])
})

test('operations have the times of their requests, and those failed whose answer had errors', () => {
  const [cart] = operationsOf(store, ['steady'])
  expect(cart).toMatchObject({ journey: 'talk', operation: 'Cart', count: 4, failed: 1, p95: near(300) })
})

test('spans are told by name and step, in the judged phases', () => {
  const first = { journey: 'talk', step: 'join', span: 'first answer' }
  expect(spansOf(store, ['steady'])).toMatchObject([{ ...first, count: 2, p50: near(200) }])
  expect(spansOf(store, [])).toMatchObject([{ ...first, count: 3 }])
})
