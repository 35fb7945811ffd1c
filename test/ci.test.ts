import { globSync } from 'tinyglobby'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { packageRoot } from '../cli/base/package.ts'
import { workflowOf } from './ci/workflow.ts'
import { blocksOf, read, written } from './pages.ts'

/** The workflows that there are, those of the examples, and those that a page shows. */
const files = (glob: string): (readonly [string, string])[] =>
  globSync(glob, { cwd: packageRoot, dot: true }).map((file) => [file, read(file)])
const own = files('.github/workflows/*.yml')
const examples = files('examples/{ci/github,distributed}/*.yml')
const gitlab = files('examples/ci/gitlab/*.yml')
const shown = written.flatMap((page) =>
  blocksOf(page)
    .filter(({ language }) => language === 'yaml')
    .map(({ code }, index) => [`${page}, block ${index + 1}`, code] as const),
)
const all = [...own, ...examples, ...gitlab, ...shown]

test.each(all)('%s can be read; its actions are pinned, and keep no credentials', (_, text) => {
  expect(parse(text)).toBeTypeOf('object')
  const uses = Array.from(text.matchAll(/uses: (.*)$/gm), ([, action = '']) => action)
  expect(uses.filter((action) => !/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([])
  const checkouts = text.match(/uses: actions\/checkout@[^]*?(?=\n\s+- )/g) ?? []
  expect(checkouts.filter((step) => !step.includes('persist-credentials: false'))).toEqual([])
})

test('an action has one version everywhere', () => {
  const pins = new Set(
    all.flatMap(([, text]) => Array.from(text.matchAll(/uses: (\S+ # \S+)/g), ([, pin = '']) => pin)),
  )
  const actions = [...pins].map((pin) => pin.split('@')[0])
  expect(actions).toHaveLength(new Set(actions).size)
})

test('there are workflows to look at', () => {
  expect(own).toHaveLength(1)
  expect(examples).toHaveLength(5)
  expect(gitlab).toHaveLength(1)
})

test.each(examples)('%s asks for few rights, ends, and inserts no text into its scripts', (_, text) => {
  const { permissions, concurrency, jobs } = workflowOf(text)
  expect(permissions).toEqual({})
  expect(concurrency).toBeDefined()
  for (const [name, job] of Object.entries(jobs)) {
    expect(job['timeout-minutes'], name).toBeGreaterThan(0)
    const steps = job.steps.map((step) => ({ ...step, text: JSON.stringify(step) }))
    // Whoever uses the token of a job says for what; a job whose steps check the code out may read it.
    if (steps.some(({ text: step }) => /actions\/checkout|GH_TOKEN/.test(step)))
      expect(job.permissions, name).toBeDefined()
    expect(steps.flatMap(({ run = '' }) => run.match(/\$\{\{.*?\}\}/g) ?? [])).toEqual([])
    const kept = steps.filter(({ uses = '' }) => uses.startsWith('actions/upload-artifact'))
    expect(kept.filter((step) => !step.with?.['retention-days'] || step.if === undefined)).toEqual([])
  }
})

test('a deployment that waits for a person holds no load test up', () => {
  const groups = (file: string): (string | undefined)[] => {
    const { concurrency, jobs } = workflowOf(read(`examples/ci/github/${file}`))
    return [concurrency?.group, ...Object.values(jobs).map((job) => job.concurrency?.group)]
  }
  expect(groups('nightly.yml')).toEqual(['load-staging', undefined])
  expect(groups('deploy.yml')).toEqual(['deploy', 'load-staging', undefined, undefined])
})

/** Keywords of a job in GitLab's reference of its YAML, of those that examples may use. */
const OF_A_JOB = [
  'after_script',
  'allow_failure',
  'artifacts',
  'before_script',
  'cache',
  'environment',
  'image',
  'interruptible',
  'needs',
  'resource_group',
  'retry',
  'rules',
  'script',
  'stage',
  'timeout',
  'variables',
]

test.each(gitlab)('%s has jobs with a script, of keywords that GitLab knows', (_, text) => {
  for (const job of Object.values(parse(text) as Record<string, Record<string, unknown>>)) {
    expect(job).toMatchObject({
      script: expect.any(Array) as unknown,
      timeout: expect.any(String) as unknown,
    })
    expect(Object.keys(job).filter((key) => !OF_A_JOB.includes(key))).toEqual([])
  }
})
