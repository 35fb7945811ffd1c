import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { RolloutDecision } from '../../verdict/index.ts'
import { hookOf, runHook } from './hook.ts'
import { keepDecision } from './keep.ts'

const DECISION: RolloutDecision = {
  schema: 1,
  canary: 'v2',
  stable: 'v1',
  decidedAt: '2026-11-26T09:30:00Z',
  decision: 'roll back',
  exitCode: 99,
  text: 'Roll back: $(touch x) "worse"',
  looks: 4,
  planned: 10,
  notes: [],
  rows: [],
  reasons: [{ code: 'canary-worse', text: 'worse', data: {} }],
}

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'loadwright-hook-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}
const run = (command: string, more: Partial<Parameters<typeof runHook>[0]> = {}) =>
  runHook({ command, decision: DECISION, timeoutMs: 50_000, say: () => undefined, ...more })

test('a hook finds the decision in a file and in variables', async () => {
  const folder = place()
  const file = await keepDecision(join(folder, 'results/watch-1'), DECISION, () => undefined)
  expect(file).toBe(join(folder, 'results/watch-1/watch.json'))
  const seen = join(folder, 'seen')
  const names = ['DECIDED', 'TEXT', 'EXIT_CODE', 'CANARY', 'STABLE'].map((name) => `"$LOADWRIGHT_${name}"`)
  const command = `printf '%s\\n' ${names.join(' ')} > ${seen}; cat "$LOADWRIGHT_DECISION" >> ${seen}`
  expect(await run(command, { file: file ?? '' })).toBeUndefined()
  const [decided, text, code, canary, stable, ...json] = readFileSync(seen, 'utf8').split('\n')
  expect([decided, text, code, canary, stable]).toEqual(['roll back', DECISION.text, '99', 'v2', 'v1'])
  expect(JSON.parse(json.join('\n'))).toEqual(DECISION)
})

test('why a hook failed', async () => {
  expect(await run('exit 3')).toBe('ended with exit code 3')
  expect(await run('no-such-program-at-all 2> /dev/null')).toBe('ended with exit code 127')
  expect(await run('kill -9 $$')).toBe('was ended by SIGKILL')
})

test('one that does not end is ended, with what it started', async () => {
  expect(await run('sleep 300 & sleep 300', { timeoutMs: 100 })).toBe('was ended after 0.1 s')
})

test('a decision that cannot be kept is kept elsewhere, and told', async () => {
  const said: string[] = []
  const file = await keepDecision('/dev/null/x', DECISION, (line) => said.push(line))
  onTestFinished(() => rmSync(join(tmpdir(), `loadwright-watch-${process.pid}`), { recursive: true }))
  expect(file).toContain(tmpdir())
  expect(said).toEqual([expect.stringContaining('/dev/null/x/watch.json could not be written')])
})

test('each decision has its hook; an interruption only its own', () => {
  const hooks = { promote: 'a', hold: 'b', 'roll back': 'c' }
  expect(hookOf(hooks, DECISION)).toBe('c')
  expect(hookOf(hooks, { ...DECISION, decision: 'hold' })).toBe('b')
  const interrupted: RolloutDecision = {
    ...DECISION,
    decision: 'hold',
    reasons: [{ code: 'watch-interrupted', text: '', data: {} }],
  }
  expect(hookOf(hooks, interrupted)).toBeUndefined()
  expect(hookOf({ ...hooks, interrupt: 'd' }, interrupted)).toBe('d')
})
