import fc from 'fast-check'
import exec from 'k6/execution'
import { expect, test } from 'vitest'
import { rehearse } from '../testing/index.ts'
import { journey } from './journey.ts'
import { integer, oneOf, random } from './random.ts'
import { weighted } from './weighted.ts'

/** Three choices of each of three iterations. */
async function choices(env: Record<string, string>, vu = 1, name = 'visitors'): Promise<number[][]> {
  const found: number[][] = []
  const choosing = journey('choosing', () => found.push([random(), random(), random()]))
  await rehearse(choosing, { scenario: { name, executor: 'constant-vus' }, env, iterations: 3, vu })
  return found
}

test('SEED repeats an iteration’s choices, whichever VU runs it', async () => {
  const first = await choices({ SEED: '1' })
  expect(new Set(first.flat()).size).toBe(9)
  expect(await choices({ SEED: '1' }, 7)).toEqual(first)
  expect(await choices({ SEED: '2' })).not.toEqual(first)
  expect(await choices({ SEED: '1' }, 1, 'others')).not.toEqual(first)
})

test('without SEED nothing repeats', async () => {
  expect(await choices({})).not.toEqual(await choices({}))
})

test('integer lies within its bounds and reaches both, oneOf within its list', () => {
  fc.assert(
    fc.property(fc.array(fc.anything(), { minLength: 1 }), (items) => {
      // Not toContain(), which finds no NaN.
      expect(items.includes(oneOf(items))).toBe(true)
    }),
  )
  fc.assert(
    fc.property(fc.integer(), fc.nat(), (least, more) => {
      const number = integer(least, least + more)
      expect(Number.isInteger(number) && number >= least && number <= least + more).toBe(true)
    }),
  )
  expect(new Set(Array.from({ length: 500 }, () => integer(1, 3)))).toEqual(new Set([1, 2, 3]))
  expect(() => oneOf([])).toThrow(RangeError)
})

test('a weighted choice of journeys is repeatable, by weight, and leaves their own choices free', async () => {
  const ran: [name: string, drawn: number][] = []
  const draw = (name: string) =>
    journey(name, () => {
      ran.push([name, random()])
      // What one VU draws beyond that changes nothing for the next iteration.
      if (exec.vu.idInTest > 1) random()
    })
  const mix = weighted([draw('often'), 3], [draw('seldom'), 1])
  const run = async (vu: number, iterations: number) => {
    ran.length = 0
    const scenario = { name: 'visitors', executor: 'constant-vus' }
    await rehearse(mix, { scenario, env: { SEED: '42' }, iterations, vu })
    return [...ran]
  }
  const first = await run(1, 1000)
  const often = first.filter(([name]) => name === 'often').map(([, drawn]) => drawn)
  expect(often.length / 1000).toBeCloseTo(0.75, 1)
  const quarters = [0, 1, 2, 3].map((q) => often.filter((drawn) => Math.floor(drawn * 4) === q).length)
  for (const quarter of quarters) expect(quarter / often.length).toBeCloseTo(0.25, 1)
  expect(await run(5, 100)).toEqual(first.slice(0, 100))
})

test('a weighted choice names its journeys and how long it usually takes', () => {
  const short = journey('short', () => undefined, { typicalSeconds: 2 })
  const long = journey('long', () => undefined, { typicalSeconds: 8 })
  expect({ ...weighted([short, 1], [long, 2]) }).toEqual({
    journeys: [short, long],
    typicalSeconds: 6,
  })
})

test.each([
  ['0, 0', [0, 0]],
  ['2, -1', [2, -1]],
  ['NaN', [NaN]],
  ['none', []],
])('weights of %s are refused in a sentence', (got, weights) => {
  const shares = weights.map((weight) => [journey('any', () => undefined), weight] as const)
  expect(() => weighted(...shares)).toThrow(
    `weighted(): weights are numbers, none below 0 and at least one above it: got ${got}`,
  )
})

test('a weight of 0 beside others is one that never comes', async () => {
  const never = journey('never', () => undefined)
  const always = journey('always', () => undefined)
  const seen = await rehearse(weighted([never, 0], [always, 1]), { iterations: 50 })
  expect(new Set(seen.samples.map(({ tags }) => tags.journey))).toEqual(new Set(['always']))
})
