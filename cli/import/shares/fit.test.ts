import { expect, test } from 'vitest'
import { sum } from '../../../config/sum.ts'
import { seededRandom } from '../../../testing/k6/random.ts'
import { alike } from './alike.ts'
import { fitted, sharesOf } from './fit.ts'

/** Requests of traffic in which each iteration is a journey by chance. */
function drawn(
  asked: readonly number[][],
  shares: readonly number[],
  iterations: number,
  seed: number,
): number[] {
  const random = seededRandom(seed)
  const counts = new Array<number>(asked[0]?.length ?? 0).fill(0)
  for (let made = 0; made < iterations; made++) {
    let rest = random()
    const journey = shares.findIndex((share) => (rest -= share) < 0)
    for (const [at, each] of (asked[journey] ?? asked.at(-1) ?? []).entries()) {
      const whole = Math.floor(each) + (random() < each % 1 ? 1 : 0)
      counts[at] = (counts[at] ?? 0) + whole
    }
  }
  return counts
}

test.each([1, 2, 3, 4, 5])(
  'shares of generated traffic are found within the error of sampling, seed %i',
  (seed) => {
    const random = seededRandom(seed * 7919)
    const journeys = 2 + (seed % 4)
    const asked = Array.from({ length: journeys }, (_, journey) =>
      Array.from({ length: 8 }, (_, at) =>
        at === journey ? 1 : random() < 0.4 ? Math.round(random() * 8) / 4 : 0,
      ),
    )
    const raw = asked.map(() => 0.1 + random())
    const real = raw.map((own) => own / sum(raw))
    const { shares, iterations } = sharesOf(asked, drawn(asked, real, 20_000, seed))
    expect(shares.every((own) => own >= 0)).toBe(true)
    expect(sum(shares)).toBeCloseTo(1, 12)
    expect(iterations / 20_000).toBeCloseTo(1, 1)
    for (const [at, own] of shares.entries()) expect(Math.abs(own - (real[at] ?? 0))).toBeLessThan(0.03)
  },
)

test('a journey that production does not have gets no share, and one alone gets all of it', () => {
  const asked = [
    [1, 2, 0],
    [1, 0, 1],
    [0, 1, 3],
  ]
  expect(sharesOf(asked, [500, 600, 200]).shares.map((own) => Math.round(own * 1e4) / 1e4)).toEqual([
    0.6, 0.4, 0,
  ])
  expect(sharesOf([[2, 1, 0]], [200, 100, 0])).toEqual({ shares: [1], iterations: 100 })
})

test('all requests together stay as many, whatever the counts are', () => {
  const asked = [
    [1, 2, 0, 1],
    [3, 0, 1, 0],
  ]
  const times = fitted(asked, [10, 700, 3, 40])
  expect(sum(asked.flatMap((row, at) => row.map((each) => each * (times[at] ?? 0))))).toBeCloseTo(753, 6)
})

test('what the log does not have does not make the rest of it fewer', () => {
  expect(sharesOf([[1, 1, 2]], [100, 100, 0]).iterations).toBeCloseTo(100, 6)
})

test('journeys that cannot be told apart are named, and divide their requests evenly', () => {
  const asked = [
    [1, 2, 0],
    [2, 4, 0],
    [0, 1, 1],
    [1, 3, 1],
  ]
  expect(alike(asked)).toEqual({ twins: [[0, 1]], sums: [3] })
  const { shares } = sharesOf(asked.slice(0, 2), [300, 600, 0])
  expect(shares.map((own) => Math.round(own * 1000) / 1000)).toEqual([0.667, 0.333])
})
