import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { doctorText } from '../../commands/doctor.ts'
import { examineProject, node, token } from './checks.ts'

test('node is judged by its version', () => {
  expect(['20.19.0', '24.0.0', '20.18.9', '18.20.0'].map((version) => node(version).state)).toEqual([
    ...['ok', 'ok', 'missing', 'missing'],
  ])
})

test('a token is never shown', () => {
  expect(JSON.stringify(token({ K6_CLOUD_TOKEN: 'glc_s3cret' }))).not.toContain('s3cret')
  expect([token({ K6_CLOUD_TOKEN: 'x' }).state, token({}).state]).toEqual(['ok', 'optional'])
})

test('what is missing says what to type', async () => {
  const findings = await examineProject({
    given: { flags: { BASE_URL: 'http://127.0.0.1:1' }, set: [] },
    env: { K6_BIN: '/nowhere/k6', PATH: '' },
    results: 'results',
    folder: tmpdir(),
  })
  const states = Object.fromEntries(findings.map(({ name, state }) => [name, state]))
  expect(states).toMatchObject({ k6: 'missing', project: 'missing', target: 'missing', go: 'optional' })
  for (const { state, todo } of findings) if (state !== 'ok') expect(todo).toMatch(/\w/)
  expect(doctorText(findings)).toContain('http://127.0.0.1:1 does not answer (')
})
