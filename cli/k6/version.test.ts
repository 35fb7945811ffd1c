import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareVersions, floor, meetsFloor, parseVersion } from './version.ts'

const release = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map((numbers) => `v${numbers.join('.')}`)
const version = fc
  .tuple(release, fc.constantFrom('', '-dev', '-rc1', '-rc2', '-rc10', '-0.20260101'))
  .map((both) => both.join(''))
const platform = fc.constantFrom('linux/amd64', 'windows/amd64', 'darwin/arm64')

test('the version of any k6 is read back', () => {
  fc.assert(
    fc.property(version, fc.constantFrom('k6', 'k6.exe'), platform, (version, name, platform) => {
      expect(
        parseVersion(`${name} ${version} (commit/abc, go1.26.8, ${platform})\nExtensions:\n  x v9.9.9\n`),
      ).toBe(version)
      expect(parseVersion(`${name} ${version}`)).toBe(version)
    }),
  )
})

test('a k6 by another name is known by the Go that built it', () => {
  expect(parseVersion('perf-engine v2.2.0 (go1.26.8, linux/amd64)')).toBe('v2.2.0')
  expect(parseVersion('my load tool v2.3.0-rc1 (commit/abc, go1.27, darwin/arm64)')).toBe('v2.3.0-rc1')
  expect(parseVersion('perf-engine v2.2.0 (rust)')).toBeUndefined()
})

test('other text has no version, and never throws', () => {
  fc.assert(fc.property(fc.string(), (text) => parseVersion(text) === undefined))
  for (const text of ['', 'v2.2.0', 'xk6 v2.2.0', 'k6 2.2.0', 'k6 v2.2', 'k6 v2.2.0.1', 'grok6 v2.2.0']) {
    expect(parseVersion(text), text).toBeUndefined()
  }
})

test('versions are in one order', () => {
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      expect(Math.sign(compareVersions(a, b))).toBe(0 - Math.sign(compareVersions(b, a)))
      expect(compareVersions(a, b) === 0).toBe(a === b)
      const [x, y, z] = [a, b, c].sort(compareVersions) as [string, string, string]
      expect(compareVersions(x, y) <= 0 && compareVersions(y, z) <= 0 && compareVersions(x, z) <= 0).toBe(
        true,
      )
    }),
  )
  const ordered = [
    'v0.57.0',
    'v2.1.0-dev',
    'v2.1.0',
    'v2.2.0-rc2',
    'v2.2.0-rc10',
    'v2.2.0',
    'v2.10.0',
    'v10.0.0',
  ]
  expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered)
})

test('the floor itself is enough, what comes before it is not', () => {
  expect(meetsFloor(floor)).toBe(true)
  expect(meetsFloor('v2.2.0-dev')).toBe(true)
  expect(meetsFloor('v2.0.9')).toBe(false)
  expect(meetsFloor('v1.99.0')).toBe(false)
})
