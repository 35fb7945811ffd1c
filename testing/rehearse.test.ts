import { readFile } from 'node:fs/promises'
import { check, group, sleep } from 'k6'
import exec from 'k6/execution'
import http from 'k6/http'
import { Trend } from 'k6/metrics'
import { expect, test, vi } from 'vitest'
import { active } from './active.ts'
import { rehearse } from './rehearse.ts'

const wait = new Trend('wait', true)

test('records what an iteration does, in virtual time', async () => {
  const real = Date.now()
  const seen = await rehearse(
    () => {
      const before = Date.now()
      group('a', () => {
        const response = http.get('http://shop.test/x', { tags: { step: 'x' } })
        check(response, { ok: ({ status }) => status === 201 })
      })
      sleep(30)
      wait.add(Date.now() - before, { own: 'tag' })
      // eslint-disable-next-line no-console
      console.log('hello', { a: 1 })
      return 'done'
    },
    {
      respond: () => ({ status: 201, duration: 70 }),
      tags: { run: 'r' },
      scenario: { name: 's', tags: { journey: 'j' } },
    },
  )
  expect(seen.requests).toMatchObject([
    {
      method: 'GET',
      url: 'http://shop.test/x',
      tags: { run: 'r', journey: 'j', scenario: 's', group: '::a', step: 'x' },
    },
  ])
  expect(seen.checks).toEqual([
    { name: 'ok', ok: true, tags: { run: 'r', journey: 'j', scenario: 's', group: '::a', check: 'ok' } },
  ])
  expect(seen.samples.find(({ metric }) => metric === 'wait')).toMatchObject({
    value: 30_070,
    tags: { own: 'tag' },
  })
  expect(seen.logs).toEqual([{ level: 'info', text: 'hello { a: 1 }' }])
  expect(seen.groups).toEqual(['::a'])
  expect(seen.sleeps).toEqual([30])
  expect(seen.returned).toEqual(['done'])
  expect(Date.now() - real).toBeLessThan(20_000)
})

test('metrics declared at init survive, samples do not; tags are one object, reset each time', async () => {
  let tags: Record<string, unknown> | undefined
  await rehearse(() => {
    tags = exec.vu.metrics.tags
    tags.left = 'over'
    wait.add(1)
  })
  const seen = await rehearse(() => wait.add(2), { scenario: { name: 'other' } })
  expect(seen.metrics).toEqual([{ name: 'wait', type: 'trend', isTime: true }])
  expect(seen.samples.filter(({ metric }) => metric === 'wait')).toMatchObject([
    { value: 2, tags: { scenario: 'other', group: '' } },
  ])
  expect(tags).toEqual({ scenario: 'other', group: '' })
})

test('env, __VU and __ITER are there while it runs, and only then', async () => {
  const globals = globalThis as Record<string, unknown>
  const found: unknown[] = []
  await rehearse(() => found.push([globals.__ENV, globals.__VU, globals.__ITER]), {
    env: { A: '1', B: '1' },
    scenario: { env: { B: '2' } },
    iterations: 2,
    vu: 7,
  })
  expect(found).toEqual([
    [{ A: '1', B: '2' }, 7, 0],
    [{ A: '1', B: '2' }, 7, 1],
  ])
  expect([globals.__ENV, globals.__VU, '__ITER' in globals]).toEqual([{}, 0, false])
})

test('async work overlaps in virtual time', async () => {
  let took = 0
  const seen = await rehearse(
    async () => {
      const start = Date.now()
      const one = http.asyncRequest('GET', 'http://a/1')
      const two = http.asyncRequest('GET', 'http://a/2')
      await Promise.all([one, two, new Promise((resolve) => setTimeout(resolve, 1500))])
      took = Date.now() - start
    },
    { respond: () => ({ duration: 1000 }) },
  )
  expect(took).toBe(1500)
  expect(seen.requests.map(({ time }) => time - seen.requests[0]!.time)).toEqual([0, 0])
})

test('what an iteration throws is thrown, unless it shall be recorded', async () => {
  const bad = () => {
    throw new RangeError('boo')
  }
  await expect(rehearse(bad)).rejects.toThrow(new RangeError('boo'))
  const seen = await rehearse(bad, { onError: 'record', iterations: 2 })
  expect(seen.errors).toEqual([new RangeError('boo'), new RangeError('boo')])
  expect(seen.samples.filter(({ metric }) => metric === 'iterations')).toHaveLength(2)
  await expect(rehearse(() => Promise.reject(new Error('later')))).rejects.toThrow('later')
})

test('abort stops the run at once, fail lets it finish', async () => {
  const seen = await rehearse(
    () => {
      exec.test.fail('not good')
      try {
        exec.test.abort('enough')
      } catch {
        http.get('http://a/')
      }
    },
    { iterations: 3 },
  )
  expect(seen).toMatchObject({ failed: ['not good'], aborted: 'enough', requests: [], returned: [] })
})

test('setup, teardown and handleSummary have the context that k6 gives them', async () => {
  const look = () => {
    const outcome = (read: () => unknown) => {
      try {
        return read()
      } catch (error) {
        return (error as Error).name
      }
    }
    return [
      outcome(() => exec.scenario.name),
      outcome(() => exec.instance.vusInitialized),
      outcome(() => exec.vu.idInTest),
      outcome(() => ({ ...exec.vu.metrics.tags })),
      outcome(() => Object.keys(exec.test.options.scenarios ?? {})),
    ]
  }
  const at = async (as: 'setup' | 'teardown' | 'handleSummary') => (await rehearse(look, { as })).returned[0]
  expect(await at('setup')).toEqual(['GoError', 1, 0, { group: '::setup' }, ['default']])
  expect(await at('teardown')).toEqual(['GoError', 'GoError', 0, { group: '::teardown' }, ['default']])
  expect(await at('handleSummary')).toEqual(['GoError', 'GoError', 0, {}, ['default']])
})

test('the data of setup travels as JSON', async () => {
  const seen = await rehearse((given) => given, { data: { a: undefined, b: [1] } })
  expect(seen.returned).toEqual([{ a: null, b: [1] }])
  await expect(rehearse(() => 0, { data: { f: () => 1 } })).rejects.toThrow(
    'error marshaling setup() data to JSON',
  )
})

test('a fresh module graph meets the same double', async () => {
  const before = active()
  vi.resetModules()
  const again = await import('./active.ts')
  expect(again.active()).toBe(before)
})

test('work outside the double is waited for', async () => {
  const seen = await rehearse(() => readFile(new URL(import.meta.url), 'utf8'))
  expect(seen.returned).toEqual([expect.stringContaining('is waited for')])
  expect(seen.warnings).toEqual([])
})
