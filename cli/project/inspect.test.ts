import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { inspect } from './inspect.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadwright-inspect-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A stand-in that prints what k6 2.2.0 was seen to print; the real one is asked in test/engine/evidence.engine.test.ts. */
const asking = (answer: object, requirements = true) => {
  const path = join(folder, 'k6')
  const refusal = requirements ? '' : 'case "$*" in *--execution-requirements*) exit 104;; esac\n'
  writeFileSync(path, `#!/bin/sh\n${refusal}cat <<'END'\n${JSON.stringify(answer)}\nEND\n`, { mode: 0o755 })
  return inspect({ path }, 'x.js', [], {})
}
const none = { scenarios: null, thresholds: null, vus: null, iterations: null, duration: null, stages: null }

test.skipIf(process.platform === 'win32').each([
  [{ iterations: 3 }, { executor: 'shared-iterations', vus: 1, iterations: 3 }],
  [
    { iterations: 3, vus: 2, duration: '9s' },
    { executor: 'shared-iterations', vus: 2, iterations: 3, maxDuration: '9s' },
  ],
  [{ duration: '5s' }, { executor: 'constant-vus', vus: 1, duration: '5s' }],
  [
    { stages: [{ duration: '1s', target: 5 }] },
    { executor: 'ramping-vus', startVUs: 1, stages: [{ duration: '1s', target: 5 }] },
  ],
  [{}, { executor: 'per-vu-iterations', vus: 1, iterations: 1 }],
])('of a script that says %j, where k6 tells no more than its options', async (options, scenario) => {
  const inspected = await asking({ ...none, ...options }, false)
  expect(inspected?.options).toMatchObject({ scenarios: { default: scenario }, thresholds: {} })
})

test.skipIf(process.platform === 'win32')('what k6 tells of its own, without its nulls', async () => {
  const scenarios = { a: { executor: 'constant-vus', vus: 2, duration: '5s', gracefulStop: null } }
  const inspected = await asking({ ...none, scenarios, maxVUs: 2, totalDuration: '35s' })
  expect(inspected).toMatchObject({ vus: 2, seconds: 35 })
  expect(inspected?.options.scenarios).toEqual({ a: { executor: 'constant-vus', vus: 2, duration: '5s' } })
  expect(await inspect({ path: join(folder, 'none') }, 'x.js', [])).toBeUndefined()
})

test.skipIf(process.platform === 'win32')(
  'a signal ends the wait for a k6 that does not answer',
  async () => {
    const path = join(folder, 'waiting')
    writeFileSync(path, '#!/bin/sh\nexec sleep 25\n', { mode: 0o755 })
    const controller = new AbortController()
    const asked = inspect({ path }, 'x.js', [], {}, controller.signal)
    controller.abort()
    expect(await asked).toBeUndefined()
  },
)
