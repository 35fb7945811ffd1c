import { expect, test } from 'vitest'
import { busyPlaces } from './busyRuns.ts'

const busy = (...full: (number | undefined)[]): number[] => [...busyPlaces(full)]
const nights = (count: number, full: number): number[] => Array.from({ length: count }, () => full)

test('a few runs on a machine that is fuller than around them are busy; what is not known is not', () => {
  expect(busy(...nights(9, 0.02), 0.4, 0.3, ...nights(5, 0))).toEqual([9, 10])
  expect(busy(...nights(9, 0.02), 0.4, 0.4, 0.4)).toEqual([9, 10, 11])
  expect(busy(...nights(9, 0.02), 0.1, undefined, 0.05)).toEqual([])
  expect(busy(0.9, undefined)).toEqual([])
})

test('a machine that is always full, or stays so, is none that was busy once', () => {
  expect(busy(...nights(12, 0.7))).toEqual([])
  expect(busy(...nights(12, 0.02), ...nights(12, 0.6)).filter((place) => place > 18)).toEqual([])
})
