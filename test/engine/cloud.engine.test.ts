import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { textsOf } from '../../cli/record/index.ts'
import type { RunRecord } from '../../cli/record/runRecord.ts'
import { debianProgram } from './debian.ts'
import { startCloud, TOKEN, type Behaviour, type Cloud } from './cloudFake.ts'
import { pageOf } from './cloudModels.ts'
import { capture, cli, folder, project, root, shop, STACK, startCli, type Ended } from './harness.ts'
import { webhook } from './webhook.ts'

/** Public by its looks, and nobody's: an address for documentation (RFC 5737). */
const TARGET = 'http://203.0.113.7:8080'
const DISTRIBUTION = {
  us: { loadZone: 'amazon:us:ashburn', percent: 60 },
  eu: { loadZone: 'amazon:de:frankfurt', percent: 40 },
}
const CONFIG = {
  suite: 'boutique',
  environments: { dev: { hosts: ['203.0.113.7'], scale: 1 } },
  cloud: { distribution: DISTRIBUTION, note: 'by a test' },
}
/** Instead of limits that a busy machine would cross. */
const ANY_TIME = '<600000'
const place = project({
  'loadwright.config.ts': `export default ${JSON.stringify(CONFIG)}`,
  'suites/boutique.ts': readFileSync(join(root, 'examples/01-smoke.ts'), 'utf8').replace(
    /(?<=p\(\d+\))<\d+/g,
    ANY_TIME,
  ),
  'plain.js': `import http from 'k6/http'\nexport default () => { http.get(__ENV.BASE_URL) }\n`,
})
const AT = ['--base-url', TARGET]

interface CloudRun extends Ended {
  cloud: Cloud
  record: RunRecord
  said: string
}

/** Runs `loadwright cloud run …` against a fake, and reads what it left. */
async function cloudRun(
  behaviour: Behaviour | Cloud,
  args: readonly string[] = AT,
  { env = {}, cwd = place }: { env?: Record<string, string>; cwd?: string } = {},
): Promise<CloudRun> {
  const cloud = 'calls' in behaviour ? behaviour : await startCloud(behaviour)
  const results = folder()
  const ended = await cli(['cloud', 'run', '--results', results, ...args], {
    cwd,
    env: { HOME: folder(), ...cloud.env, ...env },
  })
  const [id = ''] = readdirSync(results)
  const files = id === '' ? [] : readdirSync(join(results, id)).map((name) => join(results, id, name))
  const texts = files.map((file) => readFileSync(file, 'utf8'))
  const said = [ended.out, ended.err, ...texts].join('\n')
  expect(said).not.toContain(TOKEN)
  expect(said).not.toMatch(STACK)
  const record = JSON.parse(texts[files.findIndex((file) => file.endsWith('run.json'))] ?? '{}') as RunRecord
  return { ...ended, cloud, record, said }
}

const verdictOf = ({ code, record }: CloudRun) => ({
  code,
  verdict: record.verdict,
  reason: record.reasons[0]?.text,
})
const sent = (cloud: Cloud): string[] => cloud.trail()
const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

describe.concurrent('the bundle, really executed from its archive', () => {
  test('passes in the cloud: the same bytes, every setting by -e, the load zones, a record with the link', async () => {
    const run = await cloudRun(
      { execute: await shop() },
      [...AT, '--set', 'DURATION=3s', '-e', 'REGION=eu'],
      {
        env: { SEED: '7', HOME_OFFICE: 'of-the-shell' },
      },
    )
    const { cloud, record } = run
    expect(verdictOf(run)).toEqual({
      code: 0,
      verdict: 'pass',
      reason: expect.stringMatching(/^\d+ thresholds held, as Grafana Cloud judges them$/) as string,
    })
    expect((await cloud.executed()).code).toBe(0)
    const { metadata, sha256: uploaded, text } = cloud.archive()
    expect(uploaded).toBe(sha256(join(place, 'dist/boutique.js')))
    expect(record.bundle.sha256).toBe(uploaded)

    expect(metadata.env).toEqual({
      ENVIRONMENT: 'dev',
      PROFILE: 'smoke',
      BASE_URL: TARGET,
      DURATION: '3s',
      SCALE: '1',
      SEED: '7',
      TIME_BUDGET: '10s',
      REQUEST_TIMEOUT: '30s',
      TRACE_RATIO: '1',
      CHECK_ROWS: 'abort',
      SUMMARY: 'text',
      RUN_ID: record.id,
      REGION: 'eu',
    })
    expect(text).not.toContain('of-the-shell')
    const named = { name: 'boutique smoke', projectID: 77, distribution: DISTRIBUTION, note: 'by a test' }
    // k6 itself writes the token there: docs/cloud.md says so.
    expect(metadata.options.cloud).toEqual({ ...named, token: TOKEN })
    expect(metadata.options.systemTags).toEqual(
      expect.arrayContaining(['name', 'method', 'status', 'error', 'check', 'group']),
    )

    expect(sent(cloud)).toEqual(['POST validate_options', 'POST load_tests', 'POST start'])
    expect(JSON.parse(cloud.calls[0]?.body.toString() ?? '')).toMatchObject({
      project_id: 77,
      options: { cloud: named },
    })
    expect(record).toMatchObject({
      schema: 2,
      mode: 'cloud',
      state: 'ended',
      suite: 'boutique',
      environment: 'dev',
      profile: 'smoke',
      target: TARGET,
      exitCode: 0,
      instances: [{ exit: 0 }],
      cloud: {
        name: 'boutique smoke',
        project: 77,
        stack: 4242,
        link: pageOf(9000),
        localExecution: false,
        distribution: DISTRIBUTION,
      },
    })
    expect(record.instances[0]?.k6.command.slice(0, 2)).toEqual(['cloud', 'run'])
    expect(record.instances[0]?.k6.command).toContain('REGION=***')
    expect(run.err).toMatch(/^environment dev, since none was named/m)
    expect(run.err).toMatch(/^0\.0025 VU-hours: 3 VUs × 3s$/m)
    expect(run.err).toMatch(/^the target http:\/\/203\.0\.113\.7:8080 has a public address$/m)
    expect(run.err).toContain('a line from the cloud')
    expect(run.out).toMatch(/^ +output: https:\/\/example\.grafana\.net\/a\/k6-app\/runs\/9000$/m)
    expect(run.out).toMatch(/^PASS {2}boutique · smoke · dev · http:\/\/203.*\n {2}\d+ thresholds held/m)
    expect(run.out).toMatch(/^Run {6}https:\/\/example\.grafana\.net\/a\/k6-app\/runs\/9000$/m)
  })

  test('fails in the cloud with a broken shop, and the record has what the cloud’s log told', async () => {
    const run = await cloudRun({ execute: await shop('errors=/cart:1') }, [...AT, '--duration', '3s'])
    expect(verdictOf(run)).toEqual({
      code: 99,
      verdict: 'fail',
      reason: 'a threshold was crossed, as Grafana Cloud judges it',
    })
    expect((await run.cloud.executed()).code).toBe(99)
    expect(run.record.failures).toContainEqual(
      expect.objectContaining({ kind: 'request', status: 500, journey: 'checkout' }),
    )
    expect(run.err).not.toContain('"loadwright')
    expect(run.out).toContain('Failures by cause')
  })

  test('is invalid where the target is not there, and says so', async () => {
    const run = await cloudRun({ execute: 'http://127.0.0.1:1' })
    expect(verdictOf(run)).toEqual({
      code: 96,
      verdict: 'invalid',
      reason: expect.stringMatching(/^the target http:\/\/203\.0\.113\.7:8080 does not answer/) as string,
    })
    expect(run.record.instances[0]?.exit).toBe(97)
  })
})

test('a tunnel is the target of the cloud, whatever the environment lists', async () => {
  const { url, seen } = await capture(await shop())
  const run = await cloudRun({ execute: url }, ['--tunnel', url, '--duration', '3s'])
  expect({ code: run.code, verdict: run.record.verdict }).toEqual({ code: 0, verdict: 'pass' })
  expect(run.cloud.archive().metadata.env).toMatchObject({
    ENVIRONMENT: 'shop',
    BASE_URL: url,
    TUNNEL_URL: url,
  })
  expect(run.cloud.archive().sha256).toBe(run.record.bundle.sha256)
  expect(seen.length).toBeGreaterThan(10)
})

describe.concurrent('an end in the cloud', () => {
  test.each([
    ['failed', null, 99, 'fail', 99, /^a threshold was crossed, as Grafana Cloud judges it$/],
    ['error', null, 96, 'invalid', 97, /^Grafana Cloud ended the run with an error \(status: Finished\)$/],
    // k6 itself ends with 0 here.
    [
      'aborted',
      null,
      96,
      'invalid',
      0,
      /^the run was ended in Grafana Cloud before its time: Aborted \(by user\)$/,
    ],
    ['aborted', 'error', 96, 'invalid', 97, /\(status: Aborted \(by user\)\)$/],
  ] as const)('%s, result %s, is exit %i', async (outcome, aborted, code, verdict, k6, reason) => {
    const { url, told } = await webhook()
    const run = await cloudRun({ outcome, aborted }, [...AT, '--notify', `json:${url}`])
    expect(verdictOf(run)).toEqual({ code, verdict, reason: expect.stringMatching(reason) as string })
    const cloudLink = { title: 'Grafana Cloud', url: pageOf(9000) }
    expect(told).toMatchObject([{ body: { kind: 'run', verdict, run: run.record.id, links: [cloudLink] } }])
    expect(run.record.instances[0]?.exit).toBe(k6)
    expect(run.record.cloud?.link).toBe(pageOf(9000))
  })

  test('that never comes is bounded: the run is aborted there', async () => {
    const run = await cloudRun({ outcome: 'hang' }, [...AT, '--timeout', '6s'])
    expect(verdictOf(run)).toEqual({
      code: 96,
      verdict: 'invalid',
      reason: 'the run did not end within 6s (--timeout), and was aborted in Grafana Cloud',
    })
    expect(sent(run.cloud).at(-1)).toBe('POST abort')
  })

  test.each(['group', 'process'] as const)(
    'by Ctrl-C to the %s aborts it there, once, and exits 105',
    async (whom) => {
      const cloud = await startCloud({ outcome: 'hang' })
      const results = folder()
      const running = startCli(['cloud', 'run', '--results', results, ...AT], {
        cwd: place,
        env: { HOME: folder(), ...cloud.env },
      })
      await running.said(/a line from the cloud/)
      running.signal('SIGINT', whom)
      running.signal('SIGINT', whom)
      const { code } = await running.ended
      const record = JSON.parse(
        readFileSync(join(results, readdirSync(results)[0] ?? '', 'run.json'), 'utf8'),
      ) as RunRecord
      expect({
        code,
        verdict: record.verdict,
        state: record.state,
        reasons: textsOf(record.reasons),
      }).toEqual({
        code: 105,
        verdict: 'invalid',
        state: 'ended',
        reasons: ['the run was interrupted before its end, and was aborted in Grafana Cloud'],
      })
      expect(sent(cloud).filter((route) => route === 'POST abort')).toHaveLength(1)
    },
  )
})

describe.concurrent('an answer of the API', () => {
  test.each([
    ['POST validate_options', 401, 104, /^Grafana Cloud refused the token for this stack and project: \(401/],
    ['POST start', 403, 104, /^Grafana Cloud refused the token .*: starting test: \(403/],
    ['POST validate_options', 400, 104, /^Grafana Cloud refused the test: \(400\/error\) the fake says 400$/],
    ['POST load_tests', 404, 104, /^Grafana Cloud refused the test: uploading test: \(404/],
  ] as const)('%s %i is refused with the sentence', async (route, status, code, reason) => {
    const run = await cloudRun({ refuse: { [route]: [status] } })
    expect(verdictOf(run)).toEqual({
      code,
      verdict: 'invalid',
      reason: expect.stringMatching(reason) as string,
    })
    expect(run.record).toMatchObject({ state: 'ended', instances: [{ exit: 255 }] })
    expect(run.record.cloud).not.toHaveProperty('link')
    expect(sent(run.cloud).at(-1)).toBe(route)
  })

  test('409 overwrites the script of the test of that name', async () => {
    const cloud = await startCloud()
    await cloudRun(cloud)
    const run = await cloudRun(cloud, [...AT, '--seed', '8'])
    expect(run.code).toBe(0)
    expect(sent(cloud).slice(3)).toEqual([
      ...['POST validate_options', 'POST load_tests', 'GET load_tests', 'PUT script', 'POST start'],
    ])
    expect(cloud.archive().sha256).toBe(run.record.bundle.sha256)
    expect(cloud.archive().metadata.env.SEED).toBe('8')
    // Another profile is another test.
    await cloudRun(cloud, [...AT, '--profile', 'load'])
    expect(sent(cloud).slice(8)).toEqual(['POST validate_options', 'POST load_tests', 'POST start'])
  })

  test('5xx is asked again, and the archive comes whole', async () => {
    const run = await cloudRun({
      refuse: {
        'POST validate_options': [500],
        'POST load_tests': [503, 503],
        'GET test_runs': [500, 500, 500, 500],
      },
    })
    expect(run.code).toBe(0)
    expect(sent(run.cloud)).toHaveLength(6)
    expect(run.cloud.archive().sha256).toBe(run.record.bundle.sha256)
  })

  test('5xx for good is invalid: nothing can be said of the target', async () => {
    const run = await cloudRun({ refuse: { 'POST start': [500, 500, 500, 500] } })
    expect(verdictOf(run)).toEqual({
      code: 96,
      verdict: 'invalid',
      reason: 'Grafana Cloud did not start the run: starting test: (500/error) the fake says 500',
    })
  })
})

describe.concurrent('before anything is sent', () => {
  const none = { K6_CLOUD_TOKEN: '', K6_CLOUD_STACK_ID: '', K6_CLOUD_PROJECT_ID: '' }

  test('no token is one sentence', async () => {
    const { code, out, err, cloud } = await cloudRun({}, AT, { env: none })
    expect({ code, out }).toEqual({ code: 104, out: '' })
    expect(err).toMatch(/^K6_CLOUD_TOKEN is not set: create a token .* cloud login\n$/m)
    expect(cloud.calls).toEqual([])
  })

  test('what k6 cloud login has written is taken', async () => {
    const home = folder()
    mkdirSync(join(home, '.config/k6'), { recursive: true })
    const login = {
      token: TOKEN,
      stackID: 4242,
      stackURL: 'https://example.grafana.net',
      defaultProjectID: 77,
    }
    writeFileSync(join(home, '.config/k6/config.json'), JSON.stringify({ collectors: { cloud: login } }))
    const { code, cloud, record } = await cloudRun({}, AT, { env: { ...none, HOME: home } })
    expect(code).toBe(0)
    expect(record.cloud).toMatchObject({ project: 77, stack: 4242 })
    expect(cloud.archive().metadata.options.cloud).toMatchObject({
      projectID: 77,
      distribution: DISTRIBUTION,
    })
  })

  test('a dry run needs no token and no k6, and prints the whole command', async () => {
    const { code, out, cloud } = await cloudRun(
      {},
      [...AT, '--profile', 'load', '--dry-run', '-e', 'REGION=eu'],
      {
        env: { K6_BIN: '/nowhere/k6' },
      },
    )
    expect({ code, calls: cloud.calls }).toEqual({ code: 0, calls: [] })
    expect(out.trimEnd().split('\n').at(-1)).toMatch(
      /^K6_CLOUD_STACK_ID=4242 K6_CLOUD_PROJECT_ID=77 K6_CLOUD_NAME='boutique load' k6 cloud run -e ENVIRONMENT=dev -e PROFILE=load -e BASE_URL=http:\/\/203\.0\.113\.7:8080 .*-e 'REGION=\*\*\*' .*--config \S+dist\/boutique\.cloud\.json \S+dist\/boutique\.js$/,
    )
    expect(out).toMatch(/^29\.\d+ VU-hours: 288 VUs × 6m5s$/m)
  })

  test('secrets, private targets and what would hide the end are refused together, no value repeated', async () => {
    const { code, err, cloud, said } = await cloudRun({}, [
      ...[
        '--base-url',
        'http://10.1.2.3',
        '-e',
        'API_TOKEN=pa55',
        '--set',
        'DB_PASSWORD=pa55',
        '--timeout',
        'soon',
      ],
      ...['--', '-e', `NOTE=${TOKEN}`, '--quiet', '--include-system-env-vars'],
    ])
    expect(code).toBe(104)
    expect(cloud.calls).toEqual([])
    expect(said).not.toContain('pa55')
    expect(err).toContain("import secrets from 'k6/secrets'")
    for (const where of ['BASE_URL', '--env', '--set', '--env after --', '--timeout', 'after --'])
      expect(err).toContain(`  - ${where}: got`)
  })

  test.each([
    [[], /BASE_URL: got "http:\/\/127\.0\.0\.1:8080"; allowed: a target that load zones reach: loopback/],
    [
      ['--base-url', 'http://localhost:3000'],
      /loopback is the load generator itself.*--tunnel.*--local-execution/,
    ],
    [['--base-url', 'https://example.com'], /in dev: loopback, 203\.0\.113\.7/],
  ])('a target is needed that load zones reach: %j', async (args, message) => {
    const { code, err, cloud } = await cloudRun({}, args)
    expect({ code, calls: cloud.calls }).toEqual({ code: 104, calls: [] })
    expect(err).toMatch(message)
  })

  test('there is no browser suite, and it says so', async () => {
    const { code, err } = await cloudRun({}, ['browser'])
    expect(code).toBe(104)
    expect(err).toMatch(/^there is no suite "browser"; suites: boutique/m)
  })
})

describe.concurrent('executed here', () => {
  test('on the embedded shop, with k6’s own figures in the record and its metrics in the cloud', async () => {
    const run = await cloudRun({}, ['--local-execution', '--duration', '3s'])
    const { cloud, record } = run
    expect({ code: run.code, verdict: record.verdict }).toEqual({ code: 0, verdict: 'pass' })
    expect(record).toMatchObject({
      mode: 'cloud',
      embedded: true,
      environment: 'shop',
      journeys: [],
      cloud: { localExecution: true, link: pageOf(9000) },
    })
    expect(record.totals.iterations).toBeGreaterThan(0)
    expect(record.thresholds.map(({ result }) => result)).toContain('pass')
    expect(sent(cloud).slice(0, 4)).toEqual([
      ...['POST load_tests', 'POST start_local_execution', 'PUT upload', 'POST metrics'],
    ])
    expect(sent(cloud).at(-1)).toBe('POST notify')
    expect(cloud.archive().sha256).toBe(record.bundle.sha256)
    expect(cloud.archive().text).not.toContain(TOKEN)
  })

  test('fails as a run here does', async () => {
    const broken = await shop('errors=/cart:1')
    const run = await cloudRun({}, ['--local-execution', '--duration', '3s', '--base-url', broken])
    expect({ code: run.code, k6: run.record.instances[0]?.exit }).toEqual({ code: 99, k6: 99 })
    expect(textsOf(run.record.reasons)).toContainEqual(expect.stringMatching(/^\S+: \S+ was crossed/))
  })

  test('drives the Chromium of this machine; in the cloud its generators drive theirs', async () => {
    const cwd = project({
      'loadwright.config.ts': `export default ${JSON.stringify({ ...CONFIG, suite: 'browser' })}`,
      'suites/browser.ts': readFileSync(join(root, 'examples/16-browser.ts'), 'utf8'),
    })
    const env = { K6_BROWSER_EXECUTABLE_PATH: debianProgram('chromium') }
    const here = await cloudRun({}, ['browser', '--local-execution', '--duration', '5s'], { cwd, env })
    expect(here.code, here.said).toBe(0)
    expect(here.record.totals.iterations).toBeGreaterThan(0)
    const there = await cloudRun({}, ['browser', ...AT], { cwd })
    expect(there.code, there.said).toBe(0)
    for (const { cloud, record } of [here, there]) {
      expect(cloud.archive().sha256).toBe(record.bundle.sha256)
      expect(cloud.archive().metadata.options.scenarios?.visitors?.options?.browser?.type).toBe('chromium')
    }
  })

  test('is refused where the token is', async () => {
    const run = await cloudRun({}, ['--local-execution'], { env: { K6_CLOUD_TOKEN: 'another' } })
    expect(verdictOf(run)).toMatchObject({
      code: 104,
      reason: expect.stringMatching(/^Grafana Cloud refused the token/) as string,
    })
  })
})

test('a plain script runs too; without thresholds nothing was judged', async () => {
  const run = await cloudRun({}, ['plain.js', ...AT])
  expect(verdictOf(run)).toEqual({
    code: 95,
    verdict: 'inconclusive',
    reason: 'nothing was judged: the script has no thresholds',
  })
  expect(run.cloud.archive().metadata.env).toEqual({
    ENVIRONMENT: 'dev',
    BASE_URL: TARGET,
    RUN_ID: run.record.id,
  })
  expect(run.record).toMatchObject({ script: 'plain.js', cloud: { name: 'plain' } })
})
