import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunRecord } from '../../cli/record/runRecord.ts'
import type { RolloutDecision } from '../../cli/verdict/rollout/decide.ts'
import {
  engineOf,
  folder,
  gone,
  projectOf,
  shop,
  startCli,
  STACK,
  type Ended,
  type Running,
} from './harness.ts'

interface Watched extends Ended {
  decision: RolloutDecision
  /** The records of its runs, by time. */
  runs: RunRecord[]
  /** What its hooks wrote. */
  hooks: string
}

const cwd = projectOf('quick.ts')

/** Watches a canary by runs of a second. */
function start(
  canary: string,
  stable: string,
  ...args: string[]
): { running: Running; watched: () => Promise<Watched> } {
  const [results, seen] = [folder(), join(folder(), 'hooks')]
  const hooks = ['promote', 'hold', 'rollback'].flatMap((name) => [
    `--on-${name}`,
    `echo "${name} $LOADWRIGHT_DECIDED $LOADWRIGHT_EXIT_CODE" >> ${seen}`,
  ])
  const running = startCli(
    [
      ...['watch', 'quick', '--canary', canary, '--stable', stable, '--results', results],
      ...['--interval', '1s', '--for', '10s', '--format', 'json', ...hooks, ...args],
    ],
    { cwd },
  )
  return {
    running,
    async watched() {
      const ended = await running.ended
      // All that it leaves is its own: no run of it is one of the project.
      const [own = '', ...others] = readdirSync(results)
      expect([others, own]).toEqual([[], expect.stringMatching(/^watch-/)])
      const read = (...path: string[]): unknown =>
        JSON.parse(readFileSync(join(results, own, ...path), 'utf8'))
      const names = readdirSync(join(results, own, 'runs')).sort()
      expect(ended.out + ended.err).not.toMatch(STACK)
      return {
        ...ended,
        decision: read('watch.json') as RolloutDecision,
        runs: names.map((name) => read('runs', name, 'run.json') as RunRecord),
        hooks: existsSync(seen) ? readFileSync(seen, 'utf8') : '',
      }
    },
  }
}

const DOWN = 'http://127.0.0.1:1'
/** Far more than a busy machine makes of a few requests. */
const WIDE = ['--tolerance', '+900%', '--tolerance', '+60 points']

test('a canary like the stable version is promoted; one with errors, and one that is down, are rolled back; the hook is run once', async () => {
  const good = await shop()
  const [same, failing, down] = await Promise.all([
    start(await shop(), good, ...WIDE).watched(),
    start(await shop('errors=/cart:0.5'), good).watched(),
    start(DOWN, good).watched(),
  ])
  expect([same.code, same.decision.decision, same.hooks], same.decision.text).toEqual([
    0,
    'promote',
    'promote promote 0\n',
  ])
  expect(same.decision.rows.filter(({ isMain, finding }) => isMain && finding !== 'held')).toEqual([])
  // Five pairs after the one that warms up.
  expect([same.decision.looks, same.runs.length]).toEqual([5, 12])
  expect([failing.code, failing.decision.decision, failing.hooks]).toEqual([
    99,
    'roll back',
    'rollback roll back 99\n',
  ])
  expect(JSON.parse(failing.out)).toEqual(failing.decision)
  expect(failing.decision.looks).toBeLessThan(5)
  const codes = failing.decision.reasons.map(({ code }) => code)
  expect(codes.every((code) => ['canary-worse', 'limit-crossed'].includes(code))).toBe(true)
  expect(failing.err).toMatch(/^look 1 of 5: failures of the journey /m)
  const sides = failing.runs.map(({ target }) => (target === good ? 'stable' : 'canary'))
  expect(sides.slice(0, 4)).toEqual(['stable', 'canary', 'canary', 'stable'])
  expect(failing.runs.every(({ profile, state }) => profile === 'canary' && state === 'ended')).toBe(true)
  expect([down.code, down.hooks]).toEqual([99, 'rollback roll back 99\n'])
  expect(down.decision.reasons).toMatchObject([{ code: 'canary-down' }])
})

test('Ctrl-C in a run ends it, decides nothing, and runs no hook', async () => {
  const good = await shop()
  const { running, watched } = start(good, good.replace('127.0.0.1', 'localhost'))
  await running.said(/5 pairs after one that warms up/)
  await expect.poll(() => engineOf(running.pid)).toBeDefined()
  const k6 = engineOf(running.pid) ?? 0
  running.signal('SIGINT', 'group')
  const { code, decision, hooks, runs } = await watched()
  expect([code, decision.decision, hooks]).toEqual([105, 'hold', ''])
  expect(decision.reasons).toMatchObject([{ code: 'watch-interrupted' }])
  expect(runs.map(({ exitCode }) => exitCode)).toEqual([105])
  await gone(k6)
})
