import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { root, shop } from '../engine/harness.ts'
import { webhook, type Webhook } from '../engine/webhook.ts'
import type { JobEnd } from './job.ts'
import { prometheus, type Prometheus } from './prometheus.ts'
import { runWorkflow, type Trigger, type WorkflowEnd } from './runner.ts'
import { shopRepository, type ShopRepository } from './shopRepository.ts'
import { workflowOf, type Workflow } from './workflow.ts'

/** Settings that a user may change at the top of a workflow: a short run. */
const SHORT = {
  PROFILE: 'smoke',
  DURATION: '2s',
  RAMP_UP: '',
  WARM_UP: '',
  PAIRS: '4',
  WATCH_FOR: '5s',
  WATCH_INTERVAL: '1s',
}

/** Another load, of which the baseline is from the night on in which it is started anew. */
const LONGER = { DURATION: '3s' }

/** A workflow of the examples, with the settings of a short run where it has settings, and others over them. */
function example(name: string, settings: Readonly<Record<string, string>>): Workflow {
  const workflow = workflowOf(readFileSync(join(root, 'examples/ci/github', name), 'utf8'))
  const { env } = workflow
  return env ? { ...workflow, env: { ...env, ...SHORT, PROMETHEUS_URL: metrics.url, ...settings } } : workflow
}

let target = ''
let place: ShopRepository
let metrics: Prometheus
let channel: Webhook

beforeAll(async () => {
  target = await shop()
  metrics = await prometheus()
  channel = await webhook()
  place = await shopRepository(target, { SLACK_WEBHOOK_URL: `json:${channel.url}` })
}, 300_000)

/** Does something while the target's cart fails. */
async function withBrokenShop<T>(work: () => Promise<T>): Promise<T> {
  const put = (faults: string[]) =>
    fetch(`${target}/_faults`, { method: 'PUT', body: JSON.stringify(faults) })
  await put(['errors=/cart:1'])
  try {
    return await work()
  } finally {
    await put([])
  }
}

const runOf = (
  name: string,
  trigger: Trigger,
  settings: Readonly<Record<string, string>> = {},
): Promise<WorkflowEnd> => runWorkflow(example(name, settings), trigger, place)

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

const baseline = async (): Promise<unknown[]> =>
  (JSON.parse(await place.file('load-data', 'baselines/visits-smoke-staging.json')) as { runs: unknown[] })
    .runs

test('at night: the baseline grows; what does not pass opens an issue, is added to it, and a pass closes it', async () => {
  const night = (settings = {}): Promise<WorkflowEnd> =>
    runOf('nightly.yml', { event: 'schedule', ref: 'main' }, settings)
  const first = await night()
  const { result, log, summary } = only(first, 'load')
  expect(result, log).toBe('success')
  expect(summary).toMatch(/^## ✅ Pass/)
  expect(readdirSync(join(first.artifacts, 'results'))).toHaveLength(1)
  expect(await baseline()).toHaveLength(1)
  expect(place.github().issues).toEqual([])
  await withBrokenShop(async () => {
    expect(only(await night(), 'load')).toMatchObject({
      result: 'failure',
      summary: like(/^## ❌ Fail/),
    })
    expect(place.github().issues).toMatchObject([
      { state: 'open', body: like(/^## ❌ [^]*\n## .*2 runs[^]*Report and figures: https:/), comments: [] },
    ])
  })
  const refused = only(await night({ PROFILE: 'no-such' }), 'load')
  expect([refused.result, refused.outputs, refused.summary]).toEqual([
    'failure',
    {},
    like(/^## .* exit code 104[^]*got "no-such"/),
  ])
  expect(place.github().issues).toMatchObject([
    { state: 'open', comments: [like(/^## The load test at night ended with exit code 104[^]*https:/)] },
  ])
  expect(channel.told.map(({ body }) => [body.kind, body.verdict])).toEqual([['gate', 'fail']])
  expect(await baseline()).toHaveLength(1)
  const last = only(await night(), 'load')
  expect(last.result, last.log).toBe('success')
  expect(await baseline()).toHaveLength(2)
  expect(place.github().issues).toMatchObject([
    { state: 'closed', comments: [{}, like(/^It passes again: https:/)] },
  ])
})

test('a night of other conditions than those of the baseline: an issue says how to start a new one, and a start by hand does', async () => {
  const anew: Trigger = { event: 'workflow_dispatch', ref: 'main', inputs: { new_baseline: 'true' } }
  const moved = only(await runOf('nightly.yml', anew, LONGER), 'load')
  expect([moved.result, moved.summary], moved.log).toEqual([
    'failure',
    like(/^## ❔ Inconclusive: baseline visits-smoke-staging is of other conditions: .*3/),
  ])
  expect(place.github().issues[1]).toMatchObject({ state: 'open', body: like(/with new_baseline\./) })
  expect(await baseline()).toHaveLength(1)
})

test('a pull request: its code beside the base, and one comment of its own, which is kept up to date', async () => {
  const ref = await place.propose(7, 500)
  const somebody = { id: 1, user: { login: 'eve' }, body: '<!-- loadwright ab --> not yours' }
  place.setGitHub({ comments: [somebody] })
  const payload = { pull_request: { number: 7, head: { repo: { full_name: 'acme/shop' } } } }
  const trigger: Trigger = { event: 'pull_request', ref, payload }
  const pushed = await runOf('pull-request.yml', trigger)
  expect(results(pushed), only(pushed, 'ab').log).toEqual({ ab: ['failure'], comment: ['success'] })
  expect(only(pushed, 'ab').summary).toMatch(/^## ❌ [^]*open cart/)
  expect(place.github().comments).toEqual([
    somebody,
    {
      id: 2,
      user: { login: 'github-actions[bot]' },
      body: like(/^<!-- loadwright ab -->\n## ❌ [^]*https:/),
    },
  ])
  writeFileSync(join(pushed.artifacts, 'comment/ab.md'), '## ✅ Another answer')
  const again = { of: pushed, jobs: ['comment'] }
  expect(results(await runOf('pull-request.yml', { ...trigger, again })).comment).toEqual(['success'])
  expect(place.github().comments).toMatchObject([somebody, { id: 2, body: like(/## ✅ Another answer/) }])
  const refused = await runOf('pull-request.yml', trigger, { PAIRS: '1' })
  expect(only(refused, 'ab')).toMatchObject({
    result: 'failure',
    outputs: { code: '104' },
    summary: like(/^## The A\/B test was not made: exit code 104[^]*--pairs/),
  })
  expect(place.github().comments[1]?.body).toContain('exit code 104')
  const fork = { pull_request: { number: 8, head: { repo: { full_name: 'eve/shop' } } } }
  const foreign = await runOf('pull-request.yml', { ...trigger, payload: fork, fork: true, again })
  expect(foreign.jobs.comment).toMatchObject([{ result: 'skipped' }])
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

test('a tag: production only if the gate lets it through, or a person who is named in the audit log, and its canary', async () => {
  const tag: Trigger = { event: 'push', ref: 'main' }
  const passed = await runOf('deploy.yml', tag, LONGER)
  expect(results(passed), only(passed, 'gate').log).toEqual({
    gate: ['success'],
    override: ['skipped'],
    production: ['success'],
  })
  expect(place.deployed()).toEqual(['staging', 'canary', 'production'])
  expect(only(passed, 'production').summary).toMatch(/^## ✅ Promote/)
  const approval = {
    state: 'approved',
    environments: [{ name: 'load-override' }],
    user: { login: 'jana' },
    comment: 'the fix\nmust go out; "$(id)"',
  }
  place.setGitHub({ approvals: [{ ...approval, environments: [{ name: 'production' }] }, approval] })
  metrics.canary = 1.5
  const overridden = await withBrokenShop(() => runOf('deploy.yml', tag, LONGER))
  expect(results(overridden), only(overridden, 'override').log).toEqual({
    gate: ['failure'],
    override: ['success'],
    production: ['failure'],
  })
  expect(place.deployed().slice(3)).toEqual(['staging', 'canary', 'rollback'])
  expect(channel.told.slice(-2).map(({ body }) => [body.kind, body.verdict])).toEqual([
    ['gate', 'fail'],
    ['watch', 'fail'],
  ])
  const entry = JSON.parse(await place.file('load-data', 'audit-deploy.ndjson')) as Record<string, unknown>
  expect(entry).toMatchObject({
    action: 'override',
    verdict: 'fail',
    reason: 'jana: the fix must go out; "$(id)"',
  })
})
