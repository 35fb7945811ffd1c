import { expect, test } from 'vitest'
import { logReader } from '../k6/index.ts'
import { unsentPushes } from './readings.ts'

test('pushes that could not be sent are made up for by later ones, but for that at the end', () => {
  const { line, content } = logReader()
  const failed = 'HTTP POST request failed: connection refused'
  const said = (level: string, text: string) =>
    line(`time="2026-12-01T05:57:20Z" level=${level} msg="${text}"`)
  const told = () => unsentPushes(content).map(({ text }) => text)
  expect(told()).toEqual([])
  said('error', `Failed to send the time series data to the endpoint: ${failed}`)
  expect(told()).toEqual([
    'k6 could not push once: its later pushes have what was missed, and charts are coarser there',
  ])
  said('error', `Stopping output 0 failed: marking time series as stale failed: ${failed}`)
  expect(told()).toEqual([
    'k6 could not push once, nor at its end: what it measured last is missing in charts and histograms',
  ])
})
