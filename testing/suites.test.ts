import http from 'k6/http'
import { expect, test } from 'vitest'
import { ensure, journey, status, step, suite } from '../lib/index.ts'
import { perVUIterations } from '../scenarios/index.ts'
import { rehearse } from './rehearse.ts'

const visit = journey<{ token: string }>('visit', ({ token }) => {
  const page = step('open', () => http.get('http://a/', { headers: { token } }))
  ensure(page, { 'is up': status(200) })
})
const made = suite({
  name: 'a',
  setup: () => ({ token: 'own' }),
  scenarios: { visits: perVUIterations(visit, { vus: 1, iterations: 1 }) },
})

test('a suite is given data as its setup hands it on, or what setup gave itself', async () => {
  const { requests, errors } = await rehearse(made, { data: { token: 'mine' } })
  expect([requests[0]?.headers.Token, errors]).toEqual(['mine', []])
  const [data] = (await rehearse(made.setup, { as: 'setup', options: made.options })).returned
  expect((await rehearse(made, { data })).requests[0]?.headers.Token).toBe('own')
})

test('what ended a journey stands in errors, with its name', async () => {
  const seen = await rehearse(visit)
  expect(seen.errors).toMatchObject([
    { name: 'TypeError', message: expect.stringContaining('token') as string },
  ])
  // A failed ensure is told by its check.
  const { errors, checks } = await rehearse(visit, { data: { token: '' }, respond: () => ({ status: 500 }) })
  expect([errors, checks[0]?.ok]).toEqual([[], false])
})
