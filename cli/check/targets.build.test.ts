import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { packageRoot, UserError } from '../base/index.ts'
import { bundle, readProject } from '../project/index.ts'
import { checkTargets, type Checked } from './targets.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loadwright-targets-'))
})
afterEach(() => rm(folder, { recursive: true }))

const check = async (name: string | undefined, files: Record<string, string> = {}): Promise<Checked[]> => {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), text)
  }
  return checkTargets({ folder, config: {} }, name, { env: {} })
}
const found = (checked: readonly Checked[]): string[] =>
  checked.flatMap(({ findings }) =>
    findings.filter(({ severity }) => severity === 'error').map(({ rule, where }) => `${rule} ${where}`),
  )

test('JavaScript is checked as it stands: what it imports has to be bundled first', async () => {
  const files = { 'a.js': `import { b } from './b.js'\nexport default () => b`, 'b.js': 'export const b = 1' }
  expect(found(await check('a.js', files))).toEqual(['import a.js:1:1'])
})

test('TypeScript is built first, and places are those of its sources', async () => {
  const files = {
    'tests/a.ts': `import { b } from './b'\nexport default function (): void { b() }`,
    'tests/b.ts': `interface B { c: string }\nexport const b = (): B => ({ c: open('./c.txt') })`,
  }
  const checked = await check('tests/a.ts', files)
  expect(checked).toMatchObject([{ target: 'tests/a.ts', kind: 'scripted' }])
  expect(found(checked)).toEqual([
    'open tests/b.ts:2:33',
    // k6 has open() at the top level alone.
    'always-fails the pass',
  ])
})

test('what a package does is told by the call that leads there', async () => {
  const checked = await check('a.ts', {
    'node_modules/defs/package.json': '{"name":"defs","type":"module","main":"index.js"}',
    'node_modules/defs/index.js': `import { Client } from 'k6/net/grpc'
export const defs = (file) => () => {
  const client = new Client()
  client.load(['.'], file)
  return client
}`,
    'a.ts': `import { defs } from 'defs'
const made = defs('a.proto')
export default function (): void { made() }`,
  })
  expect(found(checked)).toContain('grpc-load a.ts:2:14')
})

test('a file outside the project is named as it was', async () => {
  const path = join(folder, 'a.js')
  await check('a.js', { 'a.js': 'export const b = 1' })
  const [checked] = await checkTargets({ folder: packageRoot, config: {} }, path, { env: {} })
  expect(checked?.target).toBe(path)
  expect(checked?.findings[0]?.where).toBe(path)
})

test.each([
  ['a.ts', `import { b } from './nowhere'\nexport default () => b`],
  ['b.ts', 'export default function ( {'],
  ['c.js', 'export default function ( {'],
])('a file that cannot be built is a finding: %s', async (file, text) => {
  const checked = await check(file, { [file]: text })
  expect(found(checked)).toEqual([expect.stringMatching(/^syntax /)])
  expect(JSON.stringify(checked)).not.toMatch(/\s+at .*:\d+:\d+/)
})

test('a suite that breaks a rule of its own is a finding too, if it is named by its file', async () => {
  const [checked] = await check('a.ts', {
    'a.ts': `import { suite } from '${join(packageRoot, 'lib/index.ts')}'\nexport default suite({ name: 'a b', scenarios: {} })`,
  })
  expect(checked?.findings).toMatchObject([
    { rule: 'syntax', got: expect.stringContaining('no export options') as string },
  ])
})

test('a protocol suite that imports the door to a browser is refused, and told what to do', async () => {
  const suite = `import { journey, suite } from '${join(packageRoot, 'lib/index.ts')}'
import { pageJourney } from '${join(packageRoot, 'lib/browser/index.ts')}'
import { workload } from '${join(packageRoot, 'scenarios/index.ts')}'
const scenarios = { ui: workload()(pageJourney('ui', (page) => page.goto('/')), { vus: 1 }), api: workload()(journey('api', () => 1), { vus: 1 }) }
const mixed = suite({ name: 'mixed', scenarios })
export const { options, setup, teardown, handleSummary } = mixed
export default mixed`
  const [checked] = await check('mixed.ts', { 'mixed.ts': suite })
  expect(checked?.findings).toContainEqual(
    expect.objectContaining({
      rule: 'browser-options',
      severity: 'error',
      fix: expect.stringContaining('made by `suite` of loadwright/browser') as string,
    }),
  )
})

test('a bundle of loadwright whose environment has no target: nobody gave one', async () => {
  const entry = join(packageRoot, 'examples/01-smoke.ts')
  const { code } = await bundle(entry, { baked: { ENVIRONMENT: 'staging' } }, packageRoot)
  const [checked] = await check('bundle.js', { 'bundle.js': code })
  expect(checked?.findings).toMatchObject([
    { rule: 'target', got: expect.stringContaining('BASE_URL: got nothing') as string },
  ])
  // What follows is seen all the same.
  expect(checked?.published?.series).toBeGreaterThan(100)
})

test('there is nothing to check where there is no such file, or no suite', async () => {
  await expect(check('nowhere.js')).rejects.toThrow(new UserError('there is no file nowhere.js'))
  await expect(check(undefined)).rejects.toThrow(/^no suites: /)
})

test('a suite is checked by its name and by its file, and leaves nothing behind', async () => {
  const project = await readProject(packageRoot)
  const own = await mkdtemp(join(tmpdir(), 'loadwright-targets-'))
  vi.stubEnv('TMPDIR', own)
  const byName = await checkTargets(project, 'boutique', { env: {} })
  const byFile = await checkTargets(project, 'examples/01-smoke.ts', { env: {} })
  expect(byFile).toEqual(byName)
  expect(byName).toMatchObject([
    { target: 'boutique', kind: 'scripted', findings: [{ rule: 'reachability' }] },
  ])
  expect(await readdir(own)).toEqual([])
  vi.unstubAllEnvs()
  await rm(own, { recursive: true })
})
