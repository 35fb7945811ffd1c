import { beforeEach, expect, test, vi } from 'vitest'
import { cannedShop } from '../../test/doubles/cannedShop.ts'
import { samples, total, values } from '../../test/recorded.ts'
import { rehearse, type Recording } from '../../testing/index.ts'

const WEIGHTS = {
  index: 1,
  'set-currency': 2,
  'browse-product': 10,
  'add-to-cart': 2,
  'view-cart': 3,
  buy: 1,
}

// Whether the user has been there is the VU's memory: each test has a new one.
let websiteUser: (typeof import('./websiteUser.ts'))['websiteUser']
beforeEach(async () => {
  vi.resetModules()
  websiteUser = (await import('./websiteUser.ts')).websiteUser
})
const visit = (iterations: number, respond = cannedShop()) =>
  rehearse(websiteUser, {
    scenario: { name: 'users', executor: 'constant-vus' },
    env: { SEED: '5' },
    iterations,
    respond,
  })
const journeys = (seen: Recording) => samples(seen, 'journeys_started').map(({ tags }) => tags.journey)

test('its tasks come by the weights of the shop’s own locust users', async () => {
  expect(websiteUser.journeys.map(({ journey }) => journey)).toEqual(Object.keys(WEIGHTS))
  const seen = await visit(950)
  expect(total(seen, 'journeys_failed')).toBe(0)
  for (const [name, weight] of Object.entries(WEIGHTS)) {
    const found = journeys(seen).filter((journey) => journey === name).length
    expect(found / 950, name).toBeCloseTo(weight / 19, 1.4)
  }
})

test('a user opens home once, and keeps the session from task to task', async () => {
  const seen = await visit(50)
  expect(total(seen, 'boutique_sessions')).toBe(1)
  expect(new URL(seen.requests[0]!.url).pathname).toBe('/')
  const sessions = seen.requests.slice(1).map(({ cookies }) => cookies['shop_session-id'])
  expect(new Set(sessions)).toEqual(new Set(['1']))
})

test('a user waits 1 to 10 s after each task', async () => {
  const { sleeps } = await visit(200)
  expect(sleeps).toHaveLength(200)
  expect([Math.min(...sleeps) >= 1, Math.max(...sleeps) <= 10, Math.max(...sleeps) > 9]).toEqual([
    true,
    true,
    true,
  ])
})

test('a user who could not open home tries again', async () => {
  const shop = cannedShop()
  let asked = 0
  const seen = await visit(3, (request) => (asked++ === 0 ? { status: 500 } : shop(request)))
  expect(values(seen, 'journey_failed')).toEqual([1, 0, 0])
})

test('a single pass does each task once', async () => {
  const { suite } = await import('../../lib/suite.ts')
  const { constantVUs } = await import('../../scenarios/index.ts')
  const whole = suite({ name: 'mix', scenarios: { users: constantVUs(websiteUser, { duration: '1m' }) } })
  const seen = await rehearse(whole, { respond: cannedShop() })
  expect(journeys(seen)).toEqual(Object.keys(WEIGHTS))
  expect(seen.failed).toEqual([])
})
