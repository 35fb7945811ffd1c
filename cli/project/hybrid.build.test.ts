import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packageRoot } from '../base/index.ts'
import { readProject } from './build/config.ts'
import { planRun } from './plan.ts'

let folder = ''
beforeAll(async () => {
  const cache = join(packageRoot, 'node_modules', '.cache')
  await mkdir(cache, { recursive: true })
  folder = await mkdtemp(join(cache, 'loadwright-hybrid-'))
  await mkdir(join(folder, 'suites'))
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text)
})
afterAll(() => rm(folder, { recursive: true }))

const EXPORTS = `
export const { options, setup, teardown, handleSummary } = made
export default made
`
const LOAD = `
import { client, journey, settings, step, suite } from 'loadwright'
import { workload } from 'loadwright/scenarios'
const api = client(settings().BASE_URL)
const visit = journey('visit', () => step('open', () => api.get('/', { name: 'home' })))
const made = suite({
  name: 'load',
  scenarios: { visitors: workload()(visit, { rate: 5 }) },
  thresholds: { 'http_req_duration{journey:visit}': ['p(95)<500'], journey_failed: ['rate<0.05'] },
})
${EXPORTS}`
const PAGES = `
import { pageJourney, step, suite } from 'loadwright/browser'
import { workload } from 'loadwright/scenarios'
const see = pageJourney('see', (page) => step('look', () => page.goto('/')), { pages: { home: /\\/$/ } })
const made = suite({
  name: 'browser',
  scenarios: { pages: workload()(see, { vus: 1 }) },
  thresholds: { 'browser_web_vital_lcp{page:home}': ['p(75)<2500'], journey_failed: ['rate<0.01'] },
})
${EXPORTS}`
const FILES = {
  'suites/load.ts': LOAD,
  'suites/browser.ts': PAGES,
  'suites/twins.ts': LOAD.replace("'load'", "'twins'").replace('visitors:', 'pages:'),
  'plain.js': 'export default () => {}',
  'loadwright.config.ts': `
import { defineConfig } from 'loadwright/config'
export default defineConfig({
  suite: 'load',
  environments: { shop: { slos: {
    'browser_web_vital_cls{page:home}': { thresholds: ['p(75)<0.1'], owner: 'team-web' },
    http_req_duration: ['p(95)<900'],
  } } },
})
`,
}
const planned = async (suite: string | undefined, withBrowser?: string) => {
  const project = await readProject(folder)
  const told = { flags: { PROFILE: 'load', DURATION: '5s' }, set: [] }
  return planRun(project, suite, told, { shell: {}, withBrowser })
}
const keysOf = (thresholds: Readonly<Record<string, readonly unknown[]>>): string[] =>
  Object.keys(thresholds)
    .filter((key) => (thresholds[key] ?? []).length > 0)
    .sort()

test('a load with a browser beside it is one suite, with the scenarios and thresholds of both', async () => {
  const { manifest, owners } = await planned(undefined, 'browser')
  const { suite, journeys, options } = manifest
  expect([suite, journeys]).toEqual(['load-hybrid', ['visit', 'see']])
  expect(Object.entries(options.scenarios).map(([name, one]) => [name, one.options])).toEqual([
    ['visitors', undefined],
    ['pages', { browser: { type: 'chromium' } }],
  ])
  expect(keysOf(options.thresholds)).toEqual([
    'browser_web_vital_cls{name:home,phase:steady}',
    'browser_web_vital_lcp{name:home,phase:steady}',
    'checks{phase:steady}',
    'http_req_duration{journey:visit,phase:steady}',
    'http_req_duration{phase:steady}',
    'http_req_failed{phase:steady}',
    'journey_failed{phase:steady}',
  ])
  expect(options.thresholds['journey_failed{phase:steady}']).toEqual(['rate<0.05', 'rate<0.01'])
  expect(owners).toEqual([
    {
      metric: 'browser_web_vital_cls{name:home,phase:steady}',
      threshold: 'p(75)<0.1',
      owner: 'team-web',
    },
  ])
})

test('SLOs on requests are none of pages alone, and those on pages none of a load without a browser', async () => {
  const [pages, load] = [await planned('browser'), await planned('load')]
  expect(keysOf(pages.manifest.options.thresholds)).toEqual([
    'browser_web_vital_cls{name:home,phase:steady}',
    'browser_web_vital_lcp{name:home,phase:steady}',
    'checks{phase:steady}',
    'journey_failed{phase:steady}',
  ])
  expect(keysOf(load.manifest.options.thresholds).filter((key) => key.startsWith('browser_'))).toEqual([])
})

test.each([
  ['load', 'twins', '--with-browser: got "twins"; allowed: a suite of journeys in a browser'],
  ['browser', 'browser', '--with-browser: got "browser"; allowed: beside a suite without a browser'],
  ['load', 'brauser', 'there is no suite "brauser"'],
  ['twins', 'browser', 'two scenarios are named "pages", in twins and in browser: rename one'],
  ['plain.js', 'browser', '--with-browser: '],
])('%s with %s is refused', async (suite, pages, sentence) => {
  const file = suite === 'plain.js' ? join(folder, suite) : suite
  await expect(planned(file, pages)).rejects.toThrow(sentence)
})
