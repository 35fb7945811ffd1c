import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { transform } from 'esbuild'
import { afterAll, expect, test } from 'vitest'
import { importRecording } from '../importRecording.ts'

const scratch = mkdtempSync(join(tmpdir(), 'loadwright-k6g-'))
afterAll(() => rmSync(scratch, { recursive: true }))
const fixture = (name: string): string => readFileSync(join(import.meta.dirname, '../fixtures', name), 'utf8')
const recording = fixture('orders-recording.har')

let count = 0
/** Imports a generator whose recording is where k6 Studio keeps it. */
async function imported(more: object, files: Readonly<Record<string, string>> = {}) {
  const folder = join(scratch, String(++count))
  for (const name of ['Generators', 'Recordings', 'Data']) mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, 'Recordings/a.har'), recording)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const path = join(folder, 'Generators/g.k6g')
  const plain = {
    version: '2.0',
    recordingPath: 'a.har',
    options: {},
    testData: { variables: [], files: [] },
    rules: [],
    allowlist: [],
    includeStaticAssets: false,
  }
  writeFileSync(path, JSON.stringify({ ...plain, ...more }))
  const made = await importRecording(path)
  await transform(made.text, { loader: 'ts' })
  return { text: made.text, files: made.files, report: made.report('suites/g.ts') }
}
const correlation = (selector: object, replacer?: object, path = ''): object => ({
  type: 'correlation',
  extractor: { filter: { path }, selector, variableName: 'found' },
  ...(replacer === undefined ? {} : { replacer }),
})
const parameter = (selector: object, value: object, path = ''): object => ({
  type: 'parameterization',
  filter: { path },
  selector,
  value,
})
const verification = (target: string, operator: string, value: object, path = '/v1/orders/'): object => ({
  type: 'verification',
  filter: { path },
  target,
  operator,
  value,
})

test.each([
  [{ type: 'json', from: 'body', path: '$.session.token' }, "session.json<string>('session.token')"],
  [{ type: 'json', from: 'body', path: "session['token']" }, "session.json<string>('session.token')"],
  [
    { type: 'begin-end', from: 'body', begin: '"token":"', end: '"' },
    '/"token":"(.*?)"/.exec(session.body)?.[1]',
  ],
  [{ type: 'regex', from: 'body', regex: 'token":"(\\w+)' }, '/token":"(\\w+)/.exec(session.body)?.[1]'],
])('a value is read by %j', async (selector, reading) => {
  const { text } = await imported({ rules: [correlation(selector, undefined, '/session')] })
  expect(text).toContain(`return given('found', ${reading})`)
  expect(text).toContain('Authorization: `Bearer ${found}`')
})

test('a rule says in which requests its value stands, and where', async () => {
  const { text } = await imported({
    rules: [
      correlation(
        { type: 'header-name', from: 'headers', name: 'ETag' },
        {
          filter: { path: '/payments' },
          selector: { type: 'begin-end', from: 'body', begin: 'by=', end: 'd' },
        },
      ),
    ],
  })
  expect(text).toContain("const found = given('found', order.headers.Etag)")
  expect(text).toContain('by: `${found}d`')
})

test.each([
  [{ type: 'string', value: 'x-y' }, "currency: 'x-y'"],
  [{ type: 'variable', variableName: 'money' }, 'currency: money'],
  [{ type: 'variable', variableName: 'apiToken' }, "currency: secret('API_TOKEN')"],
  [{ type: 'dataFileValue', fileName: 'b.json', propertyName: 'c' }, 'currency: c'],
])('the parameter %j is a value', async (value, written) => {
  const { text, files } = await imported(
    {
      testData: {
        variables: [
          { name: 'money', value: 'GBP' },
          { name: 'apiToken', value: 'no' },
        ],
      },
      rules: [parameter({ type: 'json', from: 'body', path: 'currency' }, value)],
    },
    { 'Data/b.json': '[{"c":"USD","d":1},{"c":"CHF","d":2}]' },
  )
  expect(text).toContain(written)
  if (written === 'currency: c') expect(files).toContainEqual({ name: 'g-b.pool.csv', text: 'c\nUSD\nCHF\n' })
})

test.each([
  [verification('status', 'equals', { type: 'number', number: 203 }), "'order answers 203': status(203)"],
  [verification('status', 'notEquals', { type: 'number', number: 500 }), 'response.status !== 500'],
  [verification('status', 'equals', { type: 'recordedValue' }), "'order answers 200': status(200)"],
  [verification('body', 'matches', { type: 'regex', regex: 'p..d' }), 'contains(/p..d/)'],
  [verification('body', 'notContains', { type: 'string', value: 'x' }), "!response.body.includes('x')"],
  [verification('body', 'contains', { type: 'variable', variableName: 'money' }), 'contains(money)'],
])('%j is a check', async (rule, check) => {
  const { text } = await imported({
    testData: { variables: [{ name: 'money', value: 'GBP' }] },
    rules: [rule],
  })
  expect(text).toContain(check)
})

test('options: shapes of load, think time, thresholds', async () => {
  const shared = await imported({
    version: '0',
    options: {
      loadProfile: { executor: 'shared-iterations', vus: 3, iterations: 30 },
      thinkTime: { sleepType: 'iterations', timing: { type: 'fixed', value: 2 } },
    },
  })
  expect(shared.text).toContain('g: sharedIterations(g, { vus: 3, iterations: 30 })')
  expect(shared.text.match(/think\(.*\)/g)).toEqual(['think(2)'])
  const plain = await imported({
    version: '1.0',
    options: {
      loadProfile: { executor: 'ramping-vus', stages: [{ target: 5, duration: 'a minute' }] },
      thinkTime: { sleepType: 'requests', timing: { type: 'range', value: { min: 3, max: 1 } } },
      thresholds: [{ metric: 'http_reqs', statistic: 'rate', condition: '>', value: 1 }],
    },
  })
  expect(plain.text).toContain('g: workload()(g, { vus: 5 })')
  expect(plain.text).toContain('think(1, 3)')
  expect(plain.text).toContain("http_reqs: ['rate>1']")
})

test('hosts that are allowed are kept, and static files where the generator says so', async () => {
  const other = await imported({
    allowlist: ['127.0.0.1:34700', 'fonts.example.net'],
    includeStaticAssets: true,
  })
  expect(other.text).toContain("client('http://fonts.example.net'")
  const one = await imported({ allowlist: ['127.0.0.1:34700', 'fonts.example.net'] })
  expect(one.text).not.toContain('fonts')
  await expect(imported({ allowlist: ['nowhere.example'] })).rejects.toThrow(
    'g.k6g: none of its requests is one of a journey',
  )
})

test('no secret of a generator reaches the suite, its pools or the report', async () => {
  const secrets = ['hunter2-hunter2', 'correct horse 7', 'tok-99-abc', 'battery staple 9', 'shh-4711-x']
  const { text, files, report } = await imported(
    {
      testData: { variables: [{ name: 'password', value: secrets[0] }] },
      rules: [
        parameter(
          { type: 'json', from: 'body', path: 'currency' },
          { type: 'variable', variableName: 'password' },
        ),
        parameter(
          { type: 'json', from: 'body', path: 'user' },
          { type: 'dataFileValue', fileName: 'u.csv', propertyName: 'password' },
        ),
        parameter(
          { type: 'json', from: 'body', path: 'user' },
          { type: 'customCode', code: `return '${secrets[0] ?? ''}'` },
        ),
        {
          type: 'customCode',
          filter: { path: '' },
          placement: 'before',
          snippet: `const token = '${secrets[4] ?? ''}'`,
        },
        verification('body', 'contains', { type: 'string', value: `Bearer ${'a1'.repeat(12)}` }),
      ],
    },
    { 'Data/u.csv': `user,password\nann,${secrets[1] ?? ''}\nbob,${secrets[3] ?? ''}\n` },
  )
  const said = text + report + files.map((file) => file.text).join('')
  expect(text.match(/TODO\(import\): code of k6 Studio, before each request, that/g)).toHaveLength(1)
  for (const secret of [...secrets, 'a1'.repeat(12)]) expect(said).not.toContain(secret)
  expect(report).toContain('-e PASSWORD')
})

test('what no rule can do is listed, and hostile rules do not hang', async () => {
  const { report } = await imported({
    rules: [
      null,
      7,
      { type: 'other' },
      { type: 'correlation' },
      correlation({ type: 'regex', from: 'body', regex: '(' }),
      correlation({ type: 'regex', from: 'body', regex: '(a+)+$' }),
      correlation({ type: 'json', from: 'body', path: '__proto__.constructor' }),
      parameter(
        { type: 'json', from: 'body', path: 'user' },
        { type: 'dataFileValue', fileName: '../x.csv', propertyName: 'a' },
      ),
      parameter(
        { type: 'json', from: 'body', path: 'user' },
        { type: 'variable', variableName: '__proto__' },
      ),
      verification('status', 'equals', { type: 'number', number: 'x' }),
      { ...correlation({ type: 'text' }), enabled: false },
    ],
  })
  for (const text of [
    'rule 1 (other): it is of a type that k6 Studio does not have',
    'rule 2 (correlation): it has no selector',
    'rule 3 (correlation): its pattern is none that JavaScript has',
    'rule 4 (correlation): its pattern repeats a repetition, which may take for ever',
    'rule 5 (correlation): nothing in the recording matches it',
    'rule 6 (parameterization): its data file is not there',
    'rule 7 (parameterization): its variable has no value',
    'rule 8 (verification): no status was recorded',
    '1 × rules that are switched off',
  ])
    expect(report).toContain(text)
})

test.each([
  [{ version: '9.0' }, 'version: got "9.0"; allowed: "0", "1.0", "2.0", "3.0"'],
  [{ version: 3 }, 'version: got 3; allowed:'],
  [{ recordingPath: '' }, 'g.k6g names no recording: choose one in k6 Studio and save the generator'],
  [
    { version: '3.0', recordingPath: '..\\Recordings\\b.har' },
    /^g\.k6g: its recording "\.\.\\\\Recordings\\\\b\.har" is in none of: .*Recordings\/b\.har, .*Generators\/b\.har, .*\. Put it there\.$/,
  ],
])('%j is refused in a sentence', async (more, message) => {
  await expect(imported(more)).rejects.toThrow(message)
})
