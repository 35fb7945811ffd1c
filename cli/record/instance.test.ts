import { expect, test } from 'vitest'
import { sumOf, versionsOf } from './instance.ts'

const counts = { iterations: 5, dropped: 1, requests: 20, checks: 10, failedChecks: 2 }

test('counts of instances add up; one that has not ended adds nothing', () => {
  expect(sumOf([])).toEqual({ iterations: 0, dropped: 0, requests: 0, checks: 0, failedChecks: 0 })
  expect(sumOf([{ counts }, {}, { counts: { ...counts, interrupted: 3 } }])).toEqual({
    iterations: 10,
    dropped: 2,
    interrupted: 3,
    requests: 40,
    checks: 20,
    failedChecks: 4,
  })
})

test('versions are told once each', () => {
  const of = (...versions: string[]) =>
    versionsOf(versions.map((version) => ({ k6: { version, path: '', command: [] } })))
  expect([of(), of(''), of('v2.2.0', 'v2.2.0'), of('v2.2.0', 'v2.1.0')]).toEqual([
    ...['', '', 'v2.2.0', 'v2.2.0, v2.1.0'],
  ])
})
