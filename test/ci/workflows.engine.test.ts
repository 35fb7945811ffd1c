import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { startShop, type Shop } from '../../shop/index.ts'
import { root } from '../engine/harness.ts'
import type { JobEnd } from './job.ts'
import { runWorkflow, type Trigger, type WorkflowEnd } from './runner.ts'
import { shopRepository, type ShopRepository } from './shopRepository.ts'
import { workflowOf, type Workflow } from './workflow.ts'

/** Settings that a user may change at the top of a workflow: a short run. */
const SHORT = { PROFILE: 'smoke', DURATION: '2s', RAMP_UP: '', WARM_UP: '' }

/** A workflow of the examples, with the settings of a short run where it has settings. */
function example(name: string): Workflow {
  const workflow = workflowOf(readFileSync(join(root, 'examples/ci/github', name), 'utf8'))
  const { env } = workflow
  return env ? { ...workflow, env: { ...env, ...SHORT } } : workflow
}

/** The target of all tests here: of a run that should fail it is slow. */
let shop: Shop
let place: ShopRepository

beforeAll(async () => {
  shop = await startShop()
  place = await shopRepository(shop.url)
  return () => shop.close()
}, 300_000)

async function withSlowShop<T>(work: () => Promise<T>): Promise<T> {
  const { port } = new URL(shop.url)
  await shop.close()
  shop = await startShop({ port: Number(port), faults: ['latency=/cart:600'] })
  try {
    return await work()
  } finally {
    await shop.close()
    shop = await startShop({ port: Number(port) })
  }
}

const runOf = (name: string, trigger: Trigger): Promise<WorkflowEnd> =>
  runWorkflow(example(name), trigger, place)

/** How the only job of this name ended. */
function only({ jobs }: WorkflowEnd, name: string): JobEnd {
  const [end, ...more] = jobs[name] ?? []
  if (end === undefined || more.length > 0) throw new Error(`not one job ${name}`)
  return end
}

const results = (ends: WorkflowEnd): Record<string, string[]> =>
  Object.fromEntries(Object.entries(ends.jobs).map(([name, all]) => [name, all.map(({ result }) => result)]))

/** A text that matches, inside of an object that is expected. */
const like = (pattern: RegExp): unknown => expect.stringMatching(pattern)

test('at night: the baseline grows; a regression opens an issue, is added to it, and closes it', async () => {
  const night = (): Promise<WorkflowEnd> => runOf('nightly.yml', { event: 'schedule', ref: 'main' })
  const first = await night()
  const { result, log, summary } = only(first, 'load')
  expect(result, log).toBe('success')
  expect(summary).toMatch(/^## ✅ Pass/)
  expect(readdirSync(join(first.artifacts, 'results'))).toHaveLength(1)
  const baseline = async (): Promise<unknown[]> =>
    (JSON.parse(await place.file('load-data', 'baselines/visits-smoke-staging.json')) as { runs: unknown[] })
      .runs
  expect(await baseline()).toHaveLength(1)
  expect(place.github().issues).toEqual([])
  await withSlowShop(async () => {
    expect(only(await night(), 'load')).toMatchObject({
      result: 'failure',
      summary: like(/^## ❌ Fail/),
    })
    expect(place.github().issues).toMatchObject([
      { state: 'open', body: like(/^## ❌ [^]*Report and figures: https:/), comments: [] },
    ])
    expect(only(await night(), 'load').result).toBe('failure')
    expect(place.github().issues).toMatchObject([{ state: 'open', comments: [like(/^## ❌ /)] }])
  })
  expect(await baseline()).toHaveLength(1)
  const last = only(await night(), 'load')
  expect(last.result, last.log).toBe('success')
  expect(await baseline()).toHaveLength(2)
  expect(place.github().issues).toMatchObject([
    { state: 'closed', comments: [{}, like(/^It passes again: https:/)] },
  ])
})

test('by hand: a run in each region, with the inputs as they were typed', async () => {
  const inputs = {
    profile: 'smoke',
    environment: 'staging',
    regions: 'github eu-1',
    suite: 'visits',
    duration: '2s',
  }
  const ends = await runOf('manual.yml', { event: 'workflow_dispatch', ref: 'main', inputs })
  const logs = ends.jobs.load?.map(({ log }) => log).join('\n')
  expect(results(ends), logs).toEqual({ regions: ['success'], load: ['success', 'success'] })
  const regions = readdirSync(ends.artifacts).map((name) => {
    const [id = ''] = readdirSync(join(ends.artifacts, name))
    const record = JSON.parse(readFileSync(join(ends.artifacts, name, id, 'run.json'), 'utf8')) as {
      metadata: { region: string }
    }
    return [name, record.metadata.region]
  })
  expect(regions).toEqual([
    ['results-eu-1', 'eu-1'],
    ['results-github', 'github'],
  ])
})

test('a tag: production only if the gate lets it through, or a person who is named in the audit log', async () => {
  const tag: Trigger = { event: 'push', ref: 'main' }
  const passed = await runOf('deploy.yml', tag)
  expect(results(passed), only(passed, 'gate').log).toEqual({
    gate: ['success'],
    override: ['skipped'],
    production: ['success'],
  })
  expect(place.deployed()).toEqual(['staging', 'production'])
  const approval = {
    state: 'approved',
    environments: [{ name: 'load-override' }],
    user: { login: 'jana' },
    comment: 'the fix\nmust go out; "$(id)"',
  }
  place.setGitHub({ approvals: [{ ...approval, environments: [{ name: 'production' }] }, approval] })
  const overridden = await withSlowShop(() => runOf('deploy.yml', tag))
  expect(results(overridden), only(overridden, 'override').log).toEqual({
    gate: ['failure'],
    override: ['success'],
    production: ['success'],
  })
  const entry = JSON.parse(await place.file('load-data', 'audit-deploy.ndjson')) as Record<string, unknown>
  expect(entry).toMatchObject({
    action: 'override',
    verdict: 'fail',
    reason: 'jana: the fix must go out; "$(id)"',
  })
})
