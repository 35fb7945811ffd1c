import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodePhases, encodePhases, judgedPhases, type Phase } from './phases.ts'

const phase: fc.Arbitrary<Phase> = fc.record({
  name: fc.constantFrom('ramp-up', 'warm-up', 'steady', 'spike', 'recovery', 'ramp-down'),
  lasts: fc.nat({ max: 1e9 }),
  judged: fc.boolean(),
})

test('phases travel as a text and come back', () => {
  fc.assert(
    fc.property(fc.array(phase, { maxLength: 8 }), (phases) => {
      expect(decodePhases(encodePhases(phases))).toEqual(phases)
    }),
  )
})

test('the text names each phase, its milliseconds, and with a star that it is judged', () => {
  const text = encodePhases([
    { name: 'warm-up', lasts: 30_000, judged: false },
    { name: 'steady', lasts: 300_000, judged: true },
  ])
  expect(text).toBe('warm-up:30000 steady*:300000')
  expect(judgedPhases(decodePhases(text))).toEqual(['steady'])
})

test('no text, no phases', () => {
  expect([decodePhases(undefined), decodePhases('')]).toEqual([[], []])
})
