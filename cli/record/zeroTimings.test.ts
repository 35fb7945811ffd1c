import { expect, test } from 'vitest'
import { decodeMessage, encodeWrite, unpacked, type Pushed } from '../prometheus/index.ts'
import { audible } from './zeroTimings.ts'
import { counter, gauge, trend } from '../../test/doubles/pushesOfK6.ts'

const message = (pushed: readonly Pushed[]): Uint8Array => unpacked(encodeWrite(pushed))
const heard = (...pushed: Pushed[]): Pushed[] => decodeMessage(audible(message(pushed)))

const connecting = (values: readonly number[]) =>
  trend('k6_http_req_connecting_seconds', values, 5, { name: 'a' })
const tls = (values: readonly number[]) => trend('k6_http_req_tls_handshaking_seconds', values, 5)

test('timings of connections that hold zeros alone are left out, wherever they stand', () => {
  const others = [
    counter('k6_http_reqs_total', 2, 5),
    trend('k6_x_seconds', [0, 0], 5),
    gauge('k6_vus', 0, 5),
  ]
  expect(heard(connecting([0]), others[0]!, tls([0, 0]), others[1]!, others[2]!, connecting([0]))).toEqual(
    others,
  )
})

test('with a value above zero they are whole', () => {
  expect(heard(connecting([0, 0, 0.004]), tls([0]))).toEqual([connecting([0, 0, 0.004])])
})

test('a push without them is the same one', () => {
  const push = message([counter('k6_http_reqs_total', 2, 5)])
  expect(audible(push)).toBe(push)
  const loud = message([connecting([0.1])])
  expect(audible(loud)).toBe(loud)
})

test('a label that says their name is no name', () => {
  const other = trend('k6_x_seconds', [0], 5, { name: 'k6_http_req_connecting_seconds' })
  expect(heard(other)).toEqual([other])
})

test('a stale marker beside such a histogram goes with it', () => {
  const end = { ...connecting([0]), samples: [{ at: 6, value: NaN }] }
  expect(heard(end)).toEqual([])
})

test('what is no push is left to whoever reads it', () => {
  const push = Buffer.concat([message([connecting([0])]), Buffer.of(0x0a, 0x7f)])
  expect(audible(push)).toBe(push)
})
