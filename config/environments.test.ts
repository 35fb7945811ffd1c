import { expect, test } from 'vitest'
import { ENVIRONMENTS, environments } from './environments.ts'
import { PROFILE_NAMES } from './workload/profiles.ts'

test('a change of an environment keeps what it does not name, caps and SLOs key by key', () => {
  const changed = environments({
    environments: { dev: { scale: 2, caps: { vus: 5 }, slos: { http_reqs: ['count>9'] } } },
  })
  expect(changed.dev).toEqual({
    ...ENVIRONMENTS.dev,
    scale: 2,
    caps: { ...ENVIRONMENTS.dev?.caps, vus: 5 },
    slos: { ...ENVIRONMENTS.dev?.slos, http_reqs: ['count>9'] },
  })
  expect(changed.staging).toBe(ENVIRONMENTS.staging)
  expect(ENVIRONMENTS.dev?.scale).toBe(0.5)
})

test('a new environment begins careful: no host but loopback, modest caps, the usual SLOs', () => {
  expect(environments({ environments: { qa: { hosts: ['qa.example'] } } }).qa).toEqual({
    scale: 1,
    hosts: ['qa.example'],
    profiles: PROFILE_NAMES,
    caps: { vus: 500, rate: 100, duration: '1h' },
    slos: ENVIRONMENTS.shop?.slos,
  })
})
