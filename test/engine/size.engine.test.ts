import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cli, folder, project, root, start } from './harness.ts'

const SUITE = `import { client, journey, settings, suite } from 'loadwright'
import { workload } from 'loadwright/scenarios'
const api = client(settings().BASE_URL)
const look = journey('look', () => void api.get('/', { name: 'home' }))
const looks = suite({ name: 'looks', scenarios: { looks: workload()(look, { rate: 40 }) } })
export const { options, setup, teardown, handleSummary } = looks
export default looks`

test('what a suite costs is measured once, listed, and told where a run would not fit', async () => {
  const cwd = project({ 'suites/looks.ts': SUITE })
  const env = { LOADWRIGHT_CACHE: folder() }
  const sized = await cli(['size', '--json'], { cwd, env })
  expect(sized.code, sized.err).toBe(0)
  const { base, scenarios, profiles } = JSON.parse(sized.out) as {
    base: Record<string, number>
    scenarios: Record<string, Record<string, number>>
    profiles: { profile: string; need: Record<string, number> }[]
  }
  expect(scenarios.looks).toMatchObject({ requests: 1, failed: 0 })
  // One connection for each VU; k6 may have dialled one more for a connection that the target closed.
  expect(scenarios.looks?.files).toBeCloseTo(1, 1)
  expect(scenarios.looks?.cpu).toBeGreaterThan(50e-6)
  expect(scenarios.looks?.memory).toBeGreaterThan(100 * 1024)
  expect(base.memory).toBeGreaterThan(20 * 2 ** 20)
  const stress = profiles.find(({ profile }) => profile === 'stress')
  expect(stress?.need).toMatchObject({ rate: 80, requests: 80 })

  const listed = await cli(['list', '--profile', 'stress'], { cwd, env })
  expect(listed.out).toMatch(/^ +needs 1 machine like this; one holds about [\d,]+ VUs, /m)

  const few = ['-c', 'ulimit -n 300; exec "$0" "$@"', process.execPath, join(root, 'dist/cli.mjs')]
  const { err } = await start('sh', [...few, 'run', '--dry-run', '--profile', 'stress'], { cwd, env }).ended
  expect(err).toMatch(/^warning: open files: this load needs about [\d,]+, and there are 300 .*--instances/m)
})

test('a target elsewhere is not loaded', async () => {
  const { code, err } = await cli(['size', '--base-url', 'http://192.0.2.1', '--environment', 'staging'])
  expect(code).toBe(104)
  expect(err).toMatch(/BASE_URL|the target is http:\/\/192\.0\.2\.1; allowed: one on this machine/)
})
