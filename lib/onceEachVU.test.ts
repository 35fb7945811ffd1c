import { expect, test } from 'vitest'
import { events, samples, total, values } from '../test/recorded.ts'
import { rehearse, type CannedResponse } from '../testing/index.ts'
import { ensure } from './check.ts'
import { client } from './client.ts'
import { journey } from './journey.ts'
import { onceEachVU } from './onceEachVU.ts'
import { status } from './predicates.ts'
import { step } from './step.ts'
import { think } from './think.ts'

const load = { name: 'members', executor: 'constant-vus' }
const api = client('http://localhost')

const member = () => {
  const login = onceEachVU('log in', () => {
    const response = api.post('/login', { name: 'login' })
    ensure(response, { 'logged in': status(200) })
    think(1)
    return response.body
  })
  return journey('member', () => {
    const token = login()
    step('look', () => api.get('/me', { name: 'me', headers: { Authorization: token } }))
  })
}
const slowly = { duration: 300, body: 'tok' }

test('runs once for a VU, outside of the journey: no step, no tag, no time', async () => {
  const seen = await rehearse(member(), { scenario: load, iterations: 3, respond: () => slowly, now: 0 })
  expect(seen.requests.map(({ tags }) => tags.name)).toEqual(['login', 'me', 'me', 'me'])
  expect(seen.requests.slice(1).map(({ headers }) => headers.Authorization)).toEqual(['tok', 'tok', 'tok'])
  const places = samples(seen, 'http_reqs').map(({ tags }) => [tags.name, tags.journey, tags.step])
  expect(places.slice(0, 2)).toEqual([
    ['login', undefined, undefined],
    ['me', 'member', 'look'],
  ])
  expect(total(seen, 'steps_completed')).toBe(3)
  expect(values(seen, 'journey_duration')).toEqual([300, 300, 300])
})

test('one that fails is a failed journey, tried again by the next iteration', async () => {
  let tries = 0
  const respond = ({ url }: { url: string }): CannedResponse =>
    url.endsWith('/login') && ++tries < 3 ? { status: 503 } : slowly
  const seen = await rehearse(member(), { scenario: load, iterations: 4, respond })
  expect(values(seen, 'journey_failed')).toEqual([1, 1, 0, 0])
  expect(samples(seen, 'journeys_failed').map(({ tags }) => tags.journey)).toEqual(['member', 'member'])
  expect(tries).toBe(3)
  expect(events(seen)).toContainEqual(
    expect.objectContaining({ kind: 'check', what: 'logged in', journey: 'member' }),
  )
})

test('an async one is awaited, and forgotten where it fails', async () => {
  let tries = 0
  const login = onceEachVU('log in', async () => {
    await api.asyncRequest('POST', '/login', { name: 'login' })
    if (++tries === 1) throw new Error('not yet')
    return tries
  })
  const seen = await rehearse(
    journey('member', async () => login()),
    { scenario: load, iterations: 3, respond: () => slowly },
  )
  expect(values(seen, 'journey_failed')).toEqual([1, 0, 0])
  expect(tries).toBe(2)
})

test('inside a step it is refused, since it would be part of it', async () => {
  const login = onceEachVU('log in', () => 'tok')
  const seen = await rehearse(
    journey('member', () => step('look', () => login())),
    { scenario: load },
  )
  expect(events(seen)).toMatchObject([
    { what: expect.stringContaining('"log in" inside step "look" would count as its time') as string },
  ])
})
