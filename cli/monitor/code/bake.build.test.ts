import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ENVIRONMENTS } from '../../../config/environments.ts'
import type { Project } from '../../project/index.ts'
import { evaluate } from '../../../testing/evaluate.ts'
import { timeBudget } from '../budget.ts'
import { bakeMonitor, bakedPlace } from './bake.ts'
import { LEAST, testProject } from '../../../test/doubles/monitoredProject.ts'

// Suites are built here, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let project: Project
beforeAll(async () => {
  project = await testProject({ shop: LEAST })
})
afterAll(() => rm(project.folder, { recursive: true }))

const bake = (more: object = {}, config: Project['config'] = {}) =>
  bakeMonitor(
    { ...project, config },
    { suite: 'suites/shop.ts', target: 'https://shop.example.com', timeout: TIMEOUT, ...more },
    'out',
  )
/** Both kinds of check with a timeout of their own (milliseconds). */
const TIMEOUT = { scripted: 30_000, browser: 60_000 }
/** The first URL that a pass under such an environment asks for, and the longest time it gives it. */
const firstRequest = async (code: string, env: Record<string, string>) => {
  const evaluated = await evaluate(code, { env })
  const { requests } = await evaluated.iterate({
    scenario: { name: 'default', executor: 'shared-iterations' },
    options: { scenarios: { default: { executor: 'shared-iterations', vus: 1, iterations: 1 } } },
    onError: 'record',
  })
  return { url: requests[0]?.url, timeout: requests[0]?.timeout ?? 0 }
}

test('target and time budget are inside, whatever an agent’s environment says', async () => {
  const { code } = await bake({ settings: { REQUEST_TIMEOUT: '60s' } })
  const leaked = {
    BASE_URL: 'https://evil.example.com',
    ENVIRONMENT: 'nowhere',
    PROFILE: 'nonsense',
    VUS: 'many',
    REQUEST_TIMEOUT: 'soon',
    TIME_BUDGET: '1ms',
    SEED: 'x',
  }
  for (const env of [{}, leaked]) {
    const { url, timeout } = await firstRequest(code, env)
    expect(url).toBe('https://shop.example.com/')
    expect(timeout).toBeLessThanOrEqual(timeBudget(30_000))
    expect(timeout).toBeGreaterThan(timeBudget(30_000) - 5000)
  }
})

test('the same monitor gives the same bytes, with or without a slash at the end; another target, timeout or setting gives others', async () => {
  const [first, again, ...others] = await Promise.all([
    bake(),
    bake(
      { target: 'https://shop.example.com/' },
      { environments: { elsewhere: { hosts: ['internal.example.org'] } } },
    ),
    bake({ target: 'https://shop.example.org' }),
    bake({ timeout: { ...TIMEOUT, scripted: 20_000 } }),
    bake({ settings: { TRACE_RATIO: '0.5' } }),
  ])
  expect(again.manifest.sha256).toBe(first.manifest.sha256)
  expect(again.code).not.toContain('internal.example.org')
  for (const other of others) expect(other.manifest.sha256).not.toBe(first.manifest.sha256)
})

test('a suite in a browser has the time budget of a browser check', async () => {
  const source = (await readFile(join(project.folder, 'suites/shop.ts'), 'utf8'))
    .replace(
      /import .* from 'loadwright'/,
      "import { settings } from 'loadwright'\nimport { pageJourney, suite } from 'loadwright/browser'",
    )
    .replace(
      /const api[^]*?\n}\)\n/,
      "const visit = pageJourney('visit', (page) => page.goto(settings().BASE_URL))\n",
    )
  await writeFile(join(project.folder, 'suites/pages.ts'), source)
  const { manifest } = await bake({ suite: 'suites/pages.ts' })
  expect(manifest.baked.TIME_BUDGET).toBe(`${timeBudget(TIMEOUT.browser)}ms`)
})

test('a setting that is wrong is refused by the build, in the suite’s own words', async () => {
  await expect(bake({ settings: { TRACE_RATIO: '7' } })).rejects.toThrow(/TRACE_RATIO.*"7".*0 to 1/)
})

test('an environment without the profile smoke is baked with one that it allows', async () => {
  const environments = { production: { hosts: ['shop.example.com'], profiles: ['canary'] as const } }
  const { code, manifest } = await bake({}, { environments })
  expect(manifest.baked).toMatchObject({ ENVIRONMENT: 'production', PROFILE: 'canary' })
  expect((await firstRequest(code, {})).url).toBe('https://shop.example.com/')
})

test.each([
  ['https://shop.example.com', undefined, 'monitor', ['shop.example.com']],
  ['https://shop.example.com', 'staging', 'staging', ['shop.example.com']],
  ['https://shop.example.org/de/', undefined, 'production', ['shop.example.org']],
  ['https://a.qa.example.org', undefined, 'qa', ['*.qa.example.org']],
  ['https://b.qa.example.org', 'production', 'production', ['b.qa.example.org']],
  ['http://127.0.0.1:8080', undefined, 'shop', ['127.0.0.1']],
  ['https://x.ngrok-free.app', undefined, 'dev', ENVIRONMENTS.dev?.hosts ?? []],
])('%s in %s is of %s, and allowed there', (target, environment, name, hosts) => {
  const environments = {
    production: { target: 'https://shop.example.org/de' },
    qa: { hosts: ['*.qa.example.org'] },
  }
  const place = bakedPlace(
    { environments },
    { target, ...(environment === undefined ? {} : { environment }) },
  )
  expect(place.environment).toBe(name)
  expect(Object.keys(place.config.environments ?? {})).toEqual([name])
  expect(place.config.environments?.[name]?.hosts).toEqual(hosts)
})

test('an environment that there is not is refused, with what was meant', () => {
  expect(() => bakedPlace({}, { target: 'https://a.example', environment: 'stagin' })).toThrow(
    /"stagin"; allowed: shop, dev, staging, prod-sim. Did you mean "staging"\?/,
  )
})
