import { expect, test } from 'vitest'
import type { RolloutFacts } from '../../verdict/index.ts'
import type { Answer, Ask } from './ask.ts'
import type { Clock } from './clock.ts'
import { questionOf, type Questions } from './question.ts'
import { tryQuestions, watchQueries, type QueryWatch } from './watchQueries.ts'

const INTERVAL_MS = 60_000
const question = (name: string) => questionOf({ name, query: `${name}{v="$version"}` }, INTERVAL_MS)
const QUESTIONS: Questions = { metrics: [question('errors'), question('p95')] }

/** A watch of made-up answers, by version and by look, in made-up time. */
function watchOf(
  answers: (version: string, look: number, query: string) => Answer | number,
  more: Partial<QueryWatch> = {},
) {
  let now = Date.parse('2026-11-26T09:30:00Z')
  const told: RolloutFacts[] = []
  const times: number[] = []
  const start = now
  const controller = new AbortController()
  const clock: Clock = {
    now: () => now,
    until: (time) => {
      now = Math.max(now, time)
      return Promise.resolve()
    },
  }
  const ask: Ask = Object.assign(
    (query: string, at: Date) => {
      times.push(at.getTime() - start)
      const version = /"(.*)"/.exec(query)?.[1] ?? ''
      const made = answers(version, Math.round((at.getTime() - start) / INTERVAL_MS), query)
      return Promise.resolve<Answer>(typeof made === 'number' ? { is: 'number', value: made } : made)
    },
    { close: () => undefined },
  )
  const watch: QueryWatch = {
    ask,
    clock,
    questions: QUESTIONS,
    planned: 10,
    intervalMs: INTERVAL_MS,
    versions: { canary: 'v2', stable: 'v1' },
    signal: controller.signal,
    tell: (facts) => told.push(facts),
    ...more,
  }
  return { watch, told, times, controller }
}

/** A figure with a little noise of its own. */
const around = (value: number, version: string, look: number): number =>
  value * (1 + 0.01 * Math.sin(look * 7 + (version === 'v2' ? 1 : 3)))

test('both versions are asked at the same moments, and the same is promoted', async () => {
  const { watch, told, times } = watchOf((version, look) => around(0.4, version, look))
  expect(await watchQueries(watch)).toMatchObject({ decision: 'promote', looks: 10 })
  expect(told).toHaveLength(10)
  expect([...new Set(times)]).toEqual(Array.from({ length: 10 }, (_, index) => (index + 1) * INTERVAL_MS))
  expect(times).toHaveLength(40)
})

test('a worse canary ends the watch early', async () => {
  const { watch } = watchOf((version, look) => around(version === 'v2' ? 0.6 : 0.4, version, look))
  const { decision, looks } = await watchQueries(watch)
  expect(decision).toBe('roll back')
  expect(looks).toBeLessThan(6)
})

test('a Prometheus that goes away is asked a few times more, and then it is a hold', async () => {
  const gone: Answer = { is: 'unanswered', why: 'does not answer (ECONNREFUSED)' }
  const { watch } = watchOf((version, look) => (look > 3 ? gone : around(0.4, version, look)))
  expect(await watchQueries(watch)).toMatchObject({
    decision: 'hold',
    exitCode: 95,
    looks: 7,
    text: 'Hold: no answer in 4 looks in a row: does not answer (ECONNREFUSED)',
  })
  const once = watchOf((version, look) => (look === 3 ? gone : around(0.4, version, look)))
  expect(await watchQueries(once.watch)).toMatchObject({
    decision: 'promote',
    notes: [{ code: 'looks-missing' }, { code: 'looks-missing' }, { code: 'traffic-unknown' }],
  })
})

test('a canary without traffic is not promoted, whatever its figures are', async () => {
  const questions = { ...QUESTIONS, traffic: { query: 'traffic{v="$version"}', least: 1 } }
  const idle = watchOf((_, __, query) => (query.startsWith('traffic') ? 0.2 : 0), { questions })
  expect(await watchQueries(idle.watch)).toMatchObject({
    decision: 'hold',
    reasons: [
      { code: 'canary-no-data', text: expect.stringContaining('too little traffic (0.2)') as string },
      { code: 'canary-no-data' },
    ],
  })
  const busy = watchOf((_, __, query) => (query.startsWith('traffic') ? 5 : 0), { questions })
  expect(await watchQueries(busy.watch)).toMatchObject({ decision: 'promote', notes: [] })
  const unknown = watchOf(
    (_, __, query) => (query.startsWith('traffic') ? { is: 'nothing', why: 'no series' } : 0),
    {
      questions,
    },
  )
  expect(await watchQueries(unknown.watch)).toMatchObject({ decision: 'hold' })
})

test('Ctrl-C decides nothing: hold, 105', async () => {
  const { watch, controller } = watchOf((version, look) => {
    if (look === 3) controller.abort()
    return around(0.4, version, look)
  })
  expect(await watchQueries(watch)).toMatchObject({ decision: 'hold', exitCode: 105, looks: 3 })
})

test('before it begins, wrong questions and a server that does not answer are refused', async () => {
  const wrong = watchOf((_, __, query) =>
    query.startsWith('errors') ? { is: 'wrong', why: 'answers 400 (parse error)' } : 1,
  )
  await expect(tryQuestions(wrong.watch)).rejects.toThrow('errors: the server answers 400 (parse error)')
  const silent = watchOf(() => ({ is: 'unanswered', why: 'does not answer (ECONNREFUSED)' }))
  await expect(tryQuestions(silent.watch)).rejects.toThrow('--prometheus: the server does not answer')
  await tryQuestions(watchOf(() => ({ is: 'nothing', why: 'no series' })).watch)
})
