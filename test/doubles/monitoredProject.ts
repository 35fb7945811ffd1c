import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../config/config.ts'
import type { Monitor, Monitors } from '../../config/monitor/monitor.ts'
import { packageRoot } from '../../cli/base/index.ts'
import type { Project } from '../../cli/project/index.ts'

const SUITE = `
import { check, client, journey, settings, status, step, suite } from 'loadwright'
import { constantVUs } from 'loadwright/scenarios'
const api = client(settings().BASE_URL)
const visit = journey('visit', () => {
  step('open', () => check(api.get('/', { name: 'home' }), { up: status(200) }))
})
const made = suite({ name: 'NAME', scenarios: { visitors: constantVUs(visit, { vus: 1, duration: '1s' }) } })
export const { options, setup, teardown, handleSummary } = made
export default made
`

/** A monitor with nothing but what it needs. */
export const LEAST: Monitor = { target: 'https://shop.example.com', probes: ['Frankfurt', 'London'] }

/** A project with the suites `shop` and `docs`, in a folder below this package so that `loadwright` is found; for tests. */
export async function testProject(monitors: Monitors, more: Config = {}): Promise<Project> {
  const cache = join(packageRoot, 'node_modules', '.cache')
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, 'loadwright-monitors-'))
  await mkdir(join(folder, 'suites'))
  for (const name of ['shop', 'docs'])
    await writeFile(join(folder, 'suites', `${name}.ts`), SUITE.replace('NAME', name))
  await writeFile(join(folder, 'package.json'), '{ "name": "acme-load" }\n')
  return withMonitors({ folder, config: more }, monitors)
}

/** The same project with other monitors. */
export const withMonitors = ({ folder, config }: Project, monitors: Monitors): Project => ({
  folder,
  config: { ...config, monitors },
})
