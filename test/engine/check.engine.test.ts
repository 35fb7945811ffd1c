import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readProject } from '../../cli/project/build/config.ts'
import { examineScript, type CheckOptions, type Finding } from '../../cli/check/check.ts'
import { GLOBALS, METRICS, MODULE_METRICS, REMOVED } from '../../cli/k6/modules.ts'
import { EXECUTORS, MODULES, OPTIONS } from '../../testing/tables.ts'
import { checkTargets } from '../../cli/check/targets.ts'
import { folder, k6, root, type Ended } from './harness.ts'

const checkBundle = async (code: string, options?: CheckOptions): Promise<Finding[]> =>
  (await examineScript(code, options)).findings

/** The command line of the agent of Synthetic Monitoring, but for its own output and the place of the log. */
const AGENT = [
  ...['run', '--log-format', 'logfmt', '--max-redirects', '10', '--batch', '10', '--batch-per-host', '4'],
  ...['--no-connection-reuse', '--blacklist-ip', '10.0.0.0/8', '--block-hostnames', '*.cluster.local'],
  ...[
    '--dns',
    'ttl=30s,select=random,policy=preferIPv4',
    '--address',
    '',
    '--no-thresholds',
    '--no-usage-report',
  ],
  ...['--no-color', '--summary-mode', 'disabled', '--throw'],
]

/** Runs a script as a file of digits, alone in a folder. */
async function run(code: string, args: readonly string[]): Promise<Ended> {
  const cwd = folder()
  writeFileSync(join(cwd, '123456789.js'), code)
  return k6([...args, '123456789.js'], { cwd, env: { K6_BROWSER_LOG: 'info' } })
}
const asAgent = (code: string): Promise<Ended> => run(code, [...AGENT, '--vus', '1', '--iterations', '1'])
const asLoadTest = (code: string): Promise<Ended> => run(code, ['run', '--quiet'])

const HTTP = `import http from 'k6/http'\n`
const EMPTY = `export default function () {}\n`
const options = (text: string): string => `export const options = ${text}\n${EMPTY}`
const scenario = (text: string): string =>
  options(`{ scenarios: { a: { executor: 'constant-vus', vus: 1, duration: '1s', ${text} } } }`)

/** Rule, script, exit code of k6, what its log says. */
type Row = readonly [rule: string, code: string, exit: number, log?: RegExp]
const rows = (...all: readonly Row[]) => all.map(([rule, code, exit, log]) => ({ rule, code, exit, log }))

describe.concurrent('what the rules say happens, happens under the agent’s command line', () => {
  test.each(
    rows(
      ['default-export', `export function browse() {}`, 104, /function 'default' not found in exports/],
      ['default-export', `export function setup() {}`, 104, /function 'default' not found in exports/],
      ['default-export', `export const options = {}`, 255, /no exported functions in script/],
      ['default-export', `export default { a: 1 }`, 255, /no exported functions in script/],
      ['lifecycle-export', `export const setup = 3\n${EMPTY}`, 255, /exported 'setup' must be a function/],
      ['frozen-options', options('Object.freeze({})'), 255, /object is not extensible/],
      ['open', `const a = open('./a.json')\n${EMPTY}`, 107, /no such file/],
      [
        'open',
        `import { open } from 'k6/experimental/fs'\nawait open('a.csv')\n${EMPTY}`,
        107,
        /no such file/,
      ],
      [
        'grpc-load',
        `import grpc from 'k6/net/grpc'\nnew grpc.Client().load(['.'], 'a.proto')\n${EMPTY}`,
        107,
      ],
      ['extension', `import sql from 'k6/x/sql'\n${EMPTY}`, 107, /unknown modules/],
      ['extension', `export { a } from 'k6/x/sql'\n${EMPTY}`, 107, /unknown modules/],
      ['extension', `const a = require('k6/x/sql')\n${EMPTY}`, 107, /unknown modules/],
      ['import', `import a from 'lodash'\n${EMPTY}`, 107, /couldn't be recognised/],
      ['import', `import a from './a.js'\n${EMPTY}`, 107, /couldn't be found/],
      ['import', `import a from 'http://127.0.0.1:1/a.js'\n${EMPTY}`, 107, /only supported schemes/],
      ['import', `import a from 'k6/htp'\n${EMPTY}`, 107, /unknown modules/],
      [
        'import-name',
        `import { chek } from 'k6'\nexport default () => chek(1, {})`,
        0,
        /level=error msg="TypeError/,
      ],
      ['syntax', `const a: number = 1\n${EMPTY}`, 107, /Unexpected token/],
      ['syntax', `import a from './a.json' with { type: 'json' }\n${EMPTY}`, 107, /Unexpected token/],
      ['syntax', `export default function () { using a = null }`, 107, /Unexpected identifier/],
      ['syntax', `class A { @d m() {} }\n${EMPTY}`, 107, /ILLEGAL/],
      ['engine-syntax', `async function* a() {}\n${EMPTY}`, 107, /Async generators are not supported/],
      ['engine-syntax', `export default async () => { for await (const a of []) a }`, 107],
      ['engine-syntax', `const a = /a/d\n${EMPTY}`, 107, /Invalid flags/],
      ['engine-syntax', `await import('k6/http')\n${EMPTY}`, 107, /dynamic modules not enabled/],
      [
        'commonjs',
        `${HTTP}if (typeof module !== 'undefined') http\n${EMPTY}`,
        107,
        /mixing ECMAScript Modules/,
      ],
      ['options', scenario('vuss: 3'), 104, /unknown field/],
      ['options', scenario('env: { A: 1 }'), 104, /cannot unmarshal number/],
      ['options', options('{ vus: NaN }'), 255, /unsupported value: NaN/],
      ['options', options('[]'), 104, /cannot unmarshal array/],
      ['option-unknown', options('{ treshold: {} }'), 0, /unknown fields in the options/],
      ['init', `null.x\n${EMPTY}`, 107, /level=error/],
      ['init', `import { Trend } from 'k6/metrics'\nnew Trend('a')\n${EMPTY}`, 107, /Invalid metric name/],
      [
        'target',
        `${HTTP}export default () => http.get(\`\${__ENV.BASE_URL}/\`)`,
        0,
        /unsupported protocol scheme/,
      ],
      [
        'tag-undefined',
        `${HTTP}export default () => http.get('http://127.0.0.1:1/', { tags: { a: undefined } })`,
        0,
        /invalid value for metric tag 'a'/,
      ],
      [
        'async-check',
        `import { check } from 'k6'\nexport default async () => check(1, { a: async () => false })`,
        0,
        /Uncaught \(in promise\).*does not support async functions/,
      ],
      [
        'browser-options',
        `import { browser } from 'k6/browser'\nexport default async () => browser.newPage()`,
        0,
        /browser not found in registry/,
      ],
      [
        'undefined-name',
        `export default () => fetch('http://127.0.0.1:1/')`,
        0,
        /ReferenceError: fetch is not defined/,
      ],
      [
        'dead-target',
        `${HTTP}import { check } from 'k6'\nexport default () => check(http.get('http://127.0.0.1:1/', { throw: false }), { a: (r) => r.body.includes('a') })`,
        0,
        /TypeError: Cannot read property 'includes'/,
      ],
      ['reachability', `${HTTP}export default () => http.get('http://10.1.2.3/')`, 0, /blacklisted range/],
      [
        'verdict',
        `import { check } from 'k6'\n${HTTP}export default () => check(http.get('http://127.0.0.1:1/', { throw: false }), { up: (r) => r.status === 200 })`,
        0,
      ],
    ),
  )('$rule: $code', async ({ rule, code, exit, log }) => {
    const [ended, findings] = await Promise.all([asAgent(code), checkBundle(code)])
    expect(findings.map((finding) => finding.rule)).toContain(rule)
    expect(ended.code, ended.err).toBe(exit)
    if (log) expect(ended.err + ended.out).toMatch(log)
    // A failed check alone leaves no mark that the agent looks for.
    else if (rule === 'verdict') expect(ended.err).not.toMatch(/level=error/)
  })
})

describe.concurrent('what the rules say happens in a load test, happens', () => {
  test.each(
    rows(
      ['threshold', options(`{ thresholds: { nope: ['rate<1'] } }`), 104, /no metric name/],
      [
        'threshold',
        options(`{ thresholds: { http_reqs: ['p(95)<1'] } }`),
        104,
        /unsupported aggregation method/,
      ],
      ['options', scenario(`exec: 'nope'`), 104, /function 'nope' not found/],
      ['options', scenario('').replace('a:', `'a b':`), 104, /scenario name/],
      [
        'options',
        options(`{ duration: '1s', scenarios: { a: { executor: 'shared-iterations' } } }`),
        104,
        /simultaneously/,
      ],
      ['options', scenario('').replace('vus: 1', 'vus: 1.5'), 104, /cannot unmarshal number 1.5/],
    ),
  )('$rule: $code', async ({ rule, code, exit, log }) => {
    const [ended, findings] = await Promise.all([asLoadTest(code), checkBundle(code)])
    expect(findings.map((finding) => finding.rule)).toContain(rule)
    expect(ended.code, ended.err).toBe(exit)
    if (log) expect(ended.err + ended.out).toMatch(log)
  })
})

describe.concurrent('what the rules let pass, passes', () => {
  test.each([
    ['commonjs with a default', `exports.default = function () { console.log('ran') }`],
    [
      'private names, static blocks',
      `class A { #x; static { this.y = 1 } static has(o) { return #x in o } }\n${EMPTY}`,
    ],
    ['a hashbang', `#!/usr/bin/env k6\n${EMPTY}`],
    ['capitals in options', scenario('VUs: 1').replace('vus: 1, ', '')],
    [
      'an alias of an alias',
      `import * as k from 'k6'; const { check: c } = k\nexport default () => c(1, { a: true })`,
    ],
  ])('%s', async (_, code) => {
    const errors = (await checkBundle(code)).filter(({ severity }) => severity === 'error')
    expect(errors).toEqual([])
    expect(await asAgent(code)).toMatchObject({ code: 0 })
  })
})

describe.concurrent('the tables are this k6’s', () => {
  const told = async (code: string): Promise<string[]> => {
    const { err, out } = await asLoadTest(`${code}\n${EMPTY}`)
    const [, text = ''] = /msg="<(.*?)>"/.exec(err + out) ?? []
    return text.split(' ').filter((name) => name !== '')
  }

  test.each(Object.entries(MODULES).filter(([name]) => name !== 'k6/execution'))(
    '%s',
    async (module, names) => {
      const found = await told(
        `import * as all from '${module}'; console.log('<' + Object.keys(all).sort().join(' ') + '>')`,
      )
      expect(found.filter((name) => name !== 'default')).toEqual(
        names.split(' ').filter((name) => name !== ''),
      )
    },
  )

  test('k6/execution', async () => {
    const found = await told(
      `import all from 'k6/execution'; console.log('<' + Object.getOwnPropertyNames(all).sort().join(' ') + '>')`,
    )
    expect(found).toEqual((MODULES['k6/execution'] ?? '').split(' '))
  })

  test.each(Object.keys(REMOVED))('%s is gone', async (module) => {
    expect(await asLoadTest(`import all from '${module}'\n${EMPTY}`)).toMatchObject({ code: 107 })
  })

  test('globals', async () => {
    const found = await told(
      `console.log('<' + Object.getOwnPropertyNames(globalThis).sort().join(' ') + '>')`,
    )
    const ours = [...GLOBALS].filter((name) => name !== '__ITER').sort()
    expect(found.filter((name) => name !== 'vubox')).toEqual(ours)
  })

  test('options', async () => {
    const known = options(`{ ${OPTIONS.map((name) => `${name}: null`).join(', ')} }`)
    expect((await asAgent(known)).err).not.toContain('unknown fields')
  })

  test('scenarios', async () => {
    const all = Object.entries(EXECUTORS).map(([executor, keys], index) => {
      const values = keys.map(
        (key) =>
          `${key}: ${key === 'stages' ? `[{ duration: '1s', target: 1 }]` : /duration|Unit|RampDown/i.test(key) ? `'1s'` : 1}`,
      )
      return `s${index}: { executor: '${executor}', startTime: '0s', gracefulStop: '1s', exec: 'default', env: {}, tags: {}, options: {}, ${values.join(', ')} }`
    })
    const code = options(`{ scenarios: { ${all.join(', ')} } }`)
    expect((await checkBundle(code)).filter(({ rule }) => rule === 'options')).toEqual([])
    expect(await run(code, ['inspect', '--execution-requirements'])).toMatchObject({ code: 0 })
  })

  test.each([['', METRICS] as const, ...Object.entries(MODULE_METRICS)])(
    'metrics of %s',
    async (module, metrics) => {
      const word = { counter: 'count', gauge: 'value', rate: 'rate', trend: 'avg' }
      const thresholds = Object.entries(metrics).map(([name, kind]) => `${name}: ['${word[kind]}>=0']`)
      const code = `${module === '' ? '' : `import '${module}'\n`}${options(`{ thresholds: { ${thresholds.join(', ')} } }`)}`
      expect((await asLoadTest(code)).code).not.toBe(104)
      expect((await checkBundle(code)).filter(({ rule }) => rule === 'threshold')).toEqual([])
    },
  )
})

/** Values of scenarios, of which k6 refuses some, but never the first. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  vus: ['1', '0', '-1', '5', `'3'`, '1.5'],
  iterations: ['5', '0', '1', '-2'],
  maxDuration: [`'1s'`, `'500ms'`, '2000', 'null', `'x'`],
  duration: [`'1s'`, `'0s'`, `'500ms'`, '1000', '999', `'1d'`, `'-5s'`, `'5'`],
  startVUs: ['3', '0', '-1'],
  stages: [
    `[{ duration: '1s', target: 1 }]`,
    '[]',
    ...[`duration: '1s'`, 'target: 3', `duration: '-1s', target: 1`].map((fields) => `[{ ${fields} }]`),
    `[{ duration: '1s', target: -1 }]`,
    `[{ duration: '0s', target: 0 }]`,
    `[{ Duration: '1s', TARGET: 4 }]`,
  ],
  rate: ['1', '0', '-1', '1.5'],
  timeUnit: [`'1s'`, `'0s'`, `'-1s'`],
  preAllocatedVUs: ['5', '0', '-1'],
  maxVUs: ['10', '1'],
  startRate: ['5', '-1', '0'],
  startTime: [`'1s'`, `'-1s'`],
  gracefulStop: [`'0s'`, `'-1s'`],
  gracefulRampDown: [`'1s'`, `'soon'`],
  exec: [`'default'`, `''`],
}

/** The first of several more often than the others. */
const oneOf = ([first = '', ...others]: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(first) }, { weight: 1, arbitrary: fc.constantFrom(...others) })

test('what k6 refuses of a scenario’s values, and nothing else, is an error', async () => {
  const fields = (keys: readonly string[]): fc.Arbitrary<string> =>
    fc
      .record(Object.fromEntries(keys.map((key) => [key, oneOf(VALUES[key] ?? [])])), {
        requiredKeys: [],
      })
      .map((chosen) =>
        Object.entries(chosen)
          .map(([key, value]) => `${key}: ${String(value)}`)
          .join(', '),
      )
  const scenarios = Object.entries(EXECUTORS).map(([executor, keys]) =>
    fields([...keys, 'startTime', 'gracefulStop', 'exec']).map(
      (chosen) => `{ scenarios: { a: { executor: '${executor}', ${chosen} } } }`,
    ),
  )
  const short = fields(['vus', 'duration', 'iterations']).map((chosen) => `{ vus: 1, ${chosen} }`)
  const texts = fc.sample(fc.oneof(short, ...scenarios), { numRuns: 120, seed: 13 })
  const found = await Promise.all(
    texts.map(async (text) => {
      const { code } = await run(options(text), ['inspect', '--execution-requirements'])
      const ours = (await checkBundle(options(text), { walk: true })).filter(({ rule }) => rule === 'options')
      return { text, refused: code !== 0, ours: ours.length > 0 }
    }),
  )
  expect(found.filter(({ refused, ours }) => refused !== ours)).toEqual([])
  expect(found.filter(({ refused }) => !refused).length).toBeGreaterThan(10)
})

test('every suite of this project keeps every rule', async () => {
  const checked = await checkTargets(await readProject(root), undefined, { env: {} })
  expect(checked.length).toBeGreaterThan(10)
  const errors = checked.flatMap(({ target, findings }) =>
    findings
      .filter(({ severity }) => severity === 'error')
      .map(({ rule, got }) => `${target}: ${rule} ${got}`),
  )
  expect(errors).toEqual([])
  for (const { target, published } of checked) expect(published?.series, target).toBeGreaterThan(4)
})
