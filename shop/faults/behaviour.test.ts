import { expect, test } from 'vitest'
import { ROUTES, type Route, type RouteName } from '../routes.ts'
import { behave } from './behaviour.ts'
import { parseFaults } from './parse.ts'

const route = (name: RouteName): Route => ROUTES.find((each) => each.name === name)!
const home = route('/')
const product = route('/product')

function shop(faults: string[], { seed = 1, serviceTime = 0 } = {}) {
  const clock = { ms: 0 }
  return { clock, ...behave(parseFaults(faults), { seed, serviceTime, now: () => clock.ms }) }
}
const times = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw)
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

test('without faults and service time nothing waits', () => {
  const { treat, losesRedirect, isMissing } = shop([])
  expect(ROUTES.map((each) => treat(each))).toEqual(ROUTES.map(() => ({ delayMs: 0 })))
  expect(losesRedirect() || isMissing('6E92ZMYYFZ')).toBe(false)
})

test('the service time of a product page is 1 to 3 ms', () => {
  const { treat } = shop([], { serviceTime: 1 })
  const delays = times(1000, () => treat(product).delayMs)
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(1)
  expect(Math.max(...delays)).toBeLessThan(3)
})

test('the same seed draws the same for a route, whatever the others do', () => {
  const faults = ['latency=*:normal(80,20)', 'errors=*:0.3', 'latency=/:uniform(1,2)']
  const [one, two, other] = [shop(faults), shop(faults), shop(faults, { seed: 2 })]
  const drawn = times(50, () => one.treat(home))
  const again = times(50, () => {
    two.treat(product)
    return two.treat(home)
  })
  expect(again).toEqual(drawn)
  expect(times(50, () => other.treat(home))).not.toEqual(drawn)
})

test('latency adds up on its route and nowhere else', () => {
  const { treat } = shop(['latency=/product:80', 'latency=*:20'])
  expect(treat(product).delayMs).toBe(100)
  expect(treat(home).delayMs).toBe(20)
  expect(treat(route('/_healthz')).delayMs).toBe(0)
})

test('errors hit their share of their route', () => {
  const { treat } = shop(['errors=POST /cart:0.25'])
  const failed = times(4000, () => treat(route('POST /cart')).failure).filter((each) => each !== undefined)
  expect(failed.length / 4000).toBeCloseTo(0.25, 1)
  expect(failed[0]).toEqual({ status: 500, cause: 'errors=POST /cart:0.25' })
  expect(times(100, () => treat(route('GET /cart')).failure).every((each) => each === undefined)).toBe(true)
})

test('a warm-up begins at the first request of a shopper and falls evenly', () => {
  const { treat, clock } = shop(['warm-up=10:5', 'latency=/:100'])
  treat(route('/_healthz'))
  clock.ms = 3000
  const delays = [0, 5000, 10_000, 60_000].map((after) => {
    clock.ms = 3000 + after
    return treat(home).delayMs
  })
  expect(delays).toEqual([500, 300, 100, 100])
})

test('drift grows from the first request', () => {
  const { treat, clock } = shop(['drift=10', 'latency=/:100'])
  treat(home)
  clock.ms = 120_000
  expect(treat(home).delayMs).toBeCloseTo(120)
})

function meanWait(perSecond: number): number {
  const { treat, clock } = shop(['capacity=100'])
  return mean(
    times(5000, () => {
      clock.ms += 1000 / perSecond
      return treat(home).delayMs
    }),
  )
}

test('waiting has a knee at the capacity', () => {
  const [idle, busy, full] = [meanWait(10), meanWait(80), meanWait(98)]
  expect(idle).toBeGreaterThan(8)
  expect(idle).toBeLessThan(13)
  expect(busy).toBeGreaterThan(idle * 1.5)
  expect(full).toBeGreaterThan(busy * 2)
})

test('a line of more than 10 s refuses, and recovers', () => {
  const { treat, clock } = shop(['capacity=100'])
  const refused = times(3000, () => treat(home)).filter(({ failure }) => failure?.status === 503)
  expect(refused.length).toBeGreaterThan(1500)
  expect(treat(route('/_healthz'))).toEqual({ delayMs: 0 })
  clock.ms += 60_000
  expect(treat(home).failure).toBeUndefined()
})

test('redirects lose their Location by share', () => {
  const { losesRedirect } = shop(['redirect-loss=0.1'])
  expect(times(4000, losesRedirect).filter(Boolean).length / 4000).toBeCloseTo(0.1, 1)
})

test('past a rate a share of requests fails, and none below it', () => {
  const { treat, clock } = shop(['errors-above=100:0.5'])
  const failures = (perSecond: number): number => {
    let failed = 0
    for (let request = 0; request < perSecond * 10; request++) {
      clock.ms += 1000 / perSecond
      if (treat(home).failure) failed++
    }
    return failed / (perSecond * 10)
  }
  expect(failures(90)).toBe(0)
  expect(failures(200)).toBeCloseTo(0.5, 1)
  clock.ms += 2000
  expect(failures(90)).toBe(0)
  expect(treat(route('/_healthz')).failure).toBeUndefined()
})
