import { expect, test } from 'vitest'
import { inSegment, segmentOf, segmentText } from './segment.ts'

test.each([
  [['--execution-segment', '0:1/2'], 0.5],
  [['--execution-segment=1/4:75%'], 0.5],
  [['--execution-segment', '20%', '--execution-segment-sequence', '0,1/5,1'], 0.2],
  [['--execution-segment', '0.2'], 0.2],
  [['--execution-segment', '0:1'], undefined],
  [['--execution-segment', 'half'], undefined],
  [['-i', '1'], undefined],
])('%j runs a share of the test', (args, share) => {
  expect(segmentOf(args)?.share).toEqual(share)
})

test('a suite’s own options may ask for one, and arguments go before them', () => {
  const options = { executionSegment: '0:1/4' }
  expect(segmentOf([], options)?.share).toBe(0.25)
  expect(segmentOf(['--execution-segment', '0:1/2'], options)?.share).toBe(0.5)
})

test('an estimate of a segment is that share of the whole', () => {
  const whole = { vus: 5, rate: 10, iterations: 101, requests: 200, seconds: 11, known: 'walked' } as const
  const half = segmentOf(['--execution-segment', '0:1/2'])
  expect(inSegment(whole, half)).toEqual({ ...whole, vus: 3, rate: 5, iterations: 51, requests: 100 })
  expect(inSegment(whole, undefined)).toBe(whole)
  expect([segmentText(half), segmentText(undefined)]).toEqual([' (the segment 0:1/2 of the test)', ''])
})
