import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import ts from 'typescript'
import { afterAll, expect, test } from 'vitest'
import type { Config } from '../../../config/config.ts'
import { packageRoot } from '../../base/package.ts'
import { prepared } from '../../monitor/index.ts'
import { buildNamed, buildSuites } from '../build/suites.ts'
import { readProject } from '../build/config.ts'
import { evaluateFor } from '../build/evaluated.ts'
import { hybridEntry } from '../build/hybridEntry.ts'
import { planRun } from '../plan.ts'
import { chosenIn } from './presetProject.ts'
import { ejectPreset } from './eject.ts'
import { withPresetMonitors } from './presetMonitors.ts'
import { projectPresets } from './projectPresets.ts'
import { shippedPresets } from './shipped.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadwright-presets-'))
afterAll(() => rmSync(folder, { recursive: true }))
const write = (file: string, text: string): string => {
  const path = join(folder, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}
const example = readFileSync(join(packageRoot, 'examples/02-custom-journey.ts'), 'utf8')
symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'))
write('suites/own.ts', example.replace('const gift', 'export const gift'))
write(
  'presets/requests.yaml',
  `target: http://127.0.0.1:9/base
profile: load
duration: 1m
load: { vus: 2 }
limits: { vus: 5 }
regions: [amazon:de:frankfurt]
monitor: { every: 10m }
requests:
  - { path: /a, query: { q: 'x y' }, checks: { status: [200, 404], contains: b, within: 1s, header: etag } }
  - { name: b, method: POST, path: /b, headers: { Authorization: "Bearer \${API_TOKEN}" }, body: { c: [1] } }
  - { name: c, method: PUT, path: /c, form: { a: 1, b: [x, y] } }
thresholds:
  http_req_duration{name:b}: [p(95)<500, { threshold: p(99)<900, abortOnFail: true, delayAbortEval: 5s }]
`,
)
write(
  'presets/journeys.yaml',
  `suite: presents
profile: load
load: { rate: 1 }
limits: { rate: 2 }
journeys: [present]
thresholds: { gift_found: count>0 }
`,
)
write(
  'presets/operations.yaml',
  `requests:
  - { graphql: { query: "query products { products { id } }" }, checks: { status: 200, within: 1s } }
  - name: add
    path: /api/graphql
    graphql: { query: "mutation add($id: ID!) {\\n addToCart(productId: $id) { size } }", variables: { id: A1 } }
`,
)
write('presets/pages.yaml', 'suite: loadwright/journeys/boutique/browser\nlimits: { browserVUs: 2 }\n')
write(
  'presets/broken.yaml',
  'suite: ../suites/own.ts\njourneys: [presnt, { present: 2 }]\nlimits: { browserVUs: 1 }\n',
)
write('presets/lost.yaml', 'suite: ../suites/none.ts\n')

test('presets are built beside the suites of a project, with the settings and limits that they say', async () => {
  const project = await readProject(folder)
  const { built, failures } = await buildSuites(project)
  expect(built.map(({ manifest }) => [manifest.suite, manifest.source, manifest.journeys])).toEqual([
    ['presents', 'suites/own.ts', ['present']],
    ['journeys', 'presets/journeys.yaml', ['present']],
    ['operations', 'presets/operations.yaml', ['operations']],
    ['pages', 'presets/pages.yaml', ['buy']],
    ['requests', 'presets/requests.yaml', ['requests']],
  ])
  expect(
    failures.map(({ error }) => error.message.replaceAll(`${process.cwd()}/`, '').split('\n').slice(1)),
  ).toEqual([
    [
      expect.stringMatching(
        /broken.yaml:2:12: journeys\[0\]: got "presnt"; allowed: exported journeys: present. Did you mean "present"\?$/,
      ),
      expect.stringMatching(
        /broken.yaml:3:23: limits.browserVUs: got 1; allowed: browserVUs with journeys in a browser$/,
      ),
    ],
    [expect.stringMatching(/lost.yaml:1:8: suite: got "..\/suites\/none.ts"; allowed: a file that is there/)],
  ])
  const requests = built.find(({ manifest }) => manifest.suite === 'requests')
  expect(requests?.manifest.options.scenarios.requests).toMatchObject({ executor: 'ramping-vus' })
  expect((JSON.parse(requests?.map ?? '') as { sources: string[] }).sources).toContain(
    'presets/requests.yaml',
  )
})

test('a plan has the settings of a preset beneath flags, and asks for its variables', async () => {
  const project = await readProject(folder)
  const plan = (shell: Record<string, string>) =>
    planRun(project, 'requests', { flags: {}, set: [] }, { shell })
  await expect(plan({})).rejects.toThrow(/\$\{API_TOKEN\}: got nothing; allowed: a value in the environment/)
  const { settings, environment } = await plan({ API_TOKEN: 'a', DURATION: '2m' })
  expect(settings).toMatchObject({ ENVIRONMENT: 'requests', PROFILE: 'load', DURATION: 120_000 })
  expect(environment.caps).toEqual({ vus: 5, rate: 100, duration: '1h' })
  await expect(plan({ API_TOKEN: 'a', VUS: '9' })).rejects.toThrow(/at most 5/)
})

test('what a preset ejects compiles, and is the same bundle: also each that the package has', async () => {
  const given = await readProject(folder)
  const own = ['requests', 'journeys', 'operations', 'pages'].map((name) =>
    join(folder, `presets/${name}.yaml`),
  )
  const shipped = await shippedPresets()
  expect(shipped).toHaveLength(7)
  const roots: string[] = []
  for (const path of [...own, ...shipped.map(({ file }) => file)]) {
    const { project } = await chosenIn(given, path)
    const suite = join(folder, `ejected/${basename(path, '.yaml')}.ts`)
    roots.push(write(relative(folder, suite), (await ejectPreset(given, path, suite)).suite))
    // The file that it imports has a suite of its own, whose load exceeds the limits of the preset.
    if (path.endsWith('journeys.yaml')) continue
    expect((await buildNamed(project, suite)).code).toBe((await buildNamed(project, path)).code)
  }
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(packageRoot, 'tsconfig.json'), (path) => readFileSync(path, 'utf8')).config,
    ts.sys,
    packageRoot,
  )
  const program = ts.createProgram([...roots, join(packageRoot, 'lib/pool-files.d.ts')], {
    ...options,
    typeRoots: [join(packageRoot, 'node_modules/@types')],
  })
  const found = ts.getPreEmitDiagnostics(program).filter(({ file }) => file?.fileName.startsWith(folder))
  expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([])
})

test('its requests are sent as they are written, and a preset may run beside a browser', async () => {
  const project = await readProject(folder)
  const { code } = await buildNamed(project, 'presets/requests.yaml')
  const evaluated = await evaluateFor(code, 'requests.yaml', { API_TOKEN: 's3cret' })
  const { requests } = await evaluated.iterate()
  expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET http://127.0.0.1:9/base/a?q=x%20y',
    'POST http://127.0.0.1:9/base/b',
    'PUT http://127.0.0.1:9/base/c',
  ])
  expect(code).not.toContain('s3cret')
  const entry = await hybridEntry(
    project,
    { suite: 'presets/requests.yaml', pages: 'presets/pages.yaml' },
    {},
  )
  const { manifest } = await buildNamed(project, entry)
  expect([manifest.suite, manifest.journeys]).toEqual(['requests-hybrid', ['requests', 'buy']])
})

test('the presets of the package have no problem, and run where they are', async () => {
  const project = await readProject(folder)
  for (const { file, name } of await shippedPresets()) {
    const { environment } = await planRun(project, file, { flags: {}, set: [] }, { shell: {} })
    expect([name, environment.target]).toEqual([name, 'http://127.0.0.1:8080'])
  }
})

test('monitors of presets are declared beside those of the config, and none is lost', async () => {
  const project = await readProject(folder)
  const monitored = (config: Config) => withPresetMonitors({ ...project, config })
  const boutique = { target: 'http://127.0.0.1:1', probes: ['own'] }
  const suites = ['presets/requests.yaml', 'presets/pages.yaml']
  expect((await monitored({ suites, monitors: { boutique } })).config.monitors).toEqual({
    boutique,
    requests: { target: 'http://127.0.0.1:9/base', probes: ['Frankfurt'], every: '10m' },
  })
  expect((await monitored({ suites: ['presets/pages.yaml'] })).config).not.toHaveProperty('monitors')
  await expect(monitored({ suites, monitors: { requests: boutique } })).rejects.toThrow(
    /requests.yaml:7:10: monitor: got monitor, and monitors.requests of loadwright.config.ts; allowed: one of the two/,
  )
  await expect(monitored({})).rejects.toThrow(/broken.yaml:2:12[^]*lost.yaml:1:8/)
})

test('a check of a preset has the secrets of the shell, and is refused without them', async () => {
  const project = await readProject(folder)
  const wish = {
    name: 'presets/requests.yaml',
    environment: undefined,
    set: [],
    faults: [],
    timeout: undefined,
  }
  const check = (shell: Record<string, string>) =>
    prepared(
      project,
      { ...wish, baseUrl: 'http://127.0.0.1:9/base', shell },
      { folder: join(folder, 'check'), say: () => undefined, building: (work) => work() },
      (one) => Promise.resolve(one),
    )
  await expect(check({})).rejects.toThrow(/API_TOKEN}: got nothing; allowed: a value in the environment/)
  const { secrets, code, baked } = await check({ API_TOKEN: 's3cret', OTHER: 'x' })
  expect(secrets).toEqual({ API_TOKEN: 's3cret' })
  expect(code + baked.join(' ')).not.toContain('s3cret')
})

test('the presets of a project are listed with what is wrong with them', async () => {
  const listed = await projectPresets(await readProject(folder))
  expect(listed.map(({ name, problems }) => [name, problems !== undefined])).toEqual([
    ['broken', true],
    ['journeys', false],
    ['lost', true],
    ['operations', false],
    ['pages', false],
    ['requests', false],
  ])
})
