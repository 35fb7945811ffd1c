import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { stackFiles } from './index.ts'
import { isBefore, needsFeature, prometheusFlags, versionIn } from './prometheus.ts'

interface Compose {
  services: Record<string, { image: string; ports: string[]; volumes: string[]; command?: string[] }>
  volumes: Record<string, object>
}
const files = stackFiles()
const parsed = (name: string): unknown =>
  parse(files.find(({ path }) => path === `stack/${name}`)?.text ?? '')
const compose = parsed('compose.yaml') as Compose

test('images are pinned, ports are of loopback, mounts are read only or volumes that are there', () => {
  for (const { image, ports, volumes } of Object.values(compose.services)) {
    expect(image).toMatch(/:v?\d+\.\d+\.\d+$/)
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/)
    for (const volume of volumes)
      expect(volume.endsWith(':ro') || Object.hasOwn(compose.volumes, volume.split(':')[0] ?? '')).toBe(true)
  }
})

test('what is mounted is what is generated', () => {
  const mounted = Object.values(compose.services).flatMap(({ volumes }) =>
    volumes.filter((one) => one.startsWith('./')).map((one) => one.split(':')[0]?.replace('./', 'stack/')),
  )
  expect(mounted.sort()).toEqual(
    files
      .map(({ path }) => path)
      .filter((path) => !path.includes('compose'))
      .sort(),
  )
})

test('no password, no secret', () => {
  for (const { text } of files) expect(text).not.toMatch(/password:|token:|secret:/i)
})

test('Prometheus is told of native histograms from 2.40 to 3.8', () => {
  const versions = [
    [2, 39],
    [2, 40],
    [2, 42],
    [3, 8],
    [3, 9],
    [3, 14],
    [4, 0],
  ] as const
  expect(versions.map(needsFeature)).toEqual([false, true, true, true, false, false, false])
  expect(prometheusFlags([2, 42])).toContain('--enable-feature=native-histograms')
  expect(compose.services.prometheus?.command).toContain('--web.enable-remote-write-receiver')
  expect(isBefore([2, 42], [2, 42])).toBe(false)
})

test('a version as Debian and others print it', () => {
  expect(versionIn('prometheus, version 2.42.0+ds (branch: debian/sid, revision: 2.42.0+ds-5)')).toEqual([
    2, 42,
  ])
  expect(versionIn('prometheus, version 3.14.0 (branch: HEAD)')).toEqual([3, 14])
  expect(versionIn('prometheus: command not found')).toBeUndefined()
})
