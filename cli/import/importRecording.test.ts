import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { importRecording } from './importRecording.ts'

const fixtures = join(import.meta.dirname, 'fixtures')
const scratch = mkdtempSync(join(tmpdir(), 'loadwright-import-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const RECORDINGS = [
  'account.spec.txt',
  'checkout.spec.txt',
  'library.txt',
  'written.txt',
  'login.k6b',
  'order.k6b',
  'shopping.har',
  'graphql.har',
  'versions.har',
  'chat.har',
  'orders.postman_collection.json',
  'orders.k6g',
]

/** Imports a text as a file of its own. */
async function imported(text: string | Uint8Array, file = 'recorded.spec.ts') {
  const path = join(scratch, file)
  writeFileSync(path, text)
  return importRecording(path)
}
const codegen = (...lines: string[]): string =>
  `import { test, expect } from '@playwright/test';\n\ntest('test', async ({ page }) => {\n  await page.goto('https://shop.example.com/');\n${lines.map((line) => `  ${line}\n`).join('')}});\n`

test.each(RECORDINGS)('%s becomes a suite that a person could have written', async (file) => {
  const { text, name, files, report } = await importRecording(join(fixtures, file))
  const beside = files.map((one) => `\n/* ${one.name}\n${one.text}*/\n`).join('')
  const whole = `${text}\n/*\n${report(`suites/${name}.ts`)}\n*/\n${beside}`
  await expect(whole).toMatchFileSnapshot(join(fixtures, `${file}.imported`))
  expect((await importRecording(join(fixtures, file))).text).toBe(text)
})

test.each([
  ['ETag', 'If-Match', '"481927365012"'],
  ['ETag', 'If-Match', 'W/"abcdef"'],
  ['Last-Modified', 'If-Unmodified-Since', 'Tue, 01 Dec 2026 10:00:00 GMT'],
])('what an answer gave as %s goes back as %s, whatever it is: %s', async (given, sent, value) => {
  const recorded = readFileSync(join(fixtures, 'versions.har'), 'utf8')
    .replaceAll('"etag", "value": "\\"1ec273ed72b2\\""', `"${given}", "value": ${JSON.stringify(value)}`)
    .replaceAll('"If-Match", "value": "\\"1ec273ed72b2\\""', `"${sent}", "value": ${JSON.stringify(value)}`)
  expect(recorded).not.toContain('1ec273ed72b2')
  const { text } = await imported(recorded, 'recorded.har')
  expect(text).toMatch(new RegExp(`headers: \\{ '${sent}': \\w+ \\}`))
  expect(text).not.toContain(value)
})

test('no secret reaches the suite, its names or the report, wherever it was typed', async () => {
  const secrets = {
    password: 'hunter2-hunter2',
    code: '918273',
    card: '4111 1111 1111 1111',
    token: 'tok_5f3e9a',
    user: 'admin:letmein99',
    key: 'glsa_AAAAAAAAAAAAAAAAAAAAAAAAAA',
    jwt: 'eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl',
  }
  const { text, report } = await imported(
    codegen(
      `await page.goto('https://${secrets.user}@shop.example.com/reset?token=${secrets.token}&next=%2F');`,
      `await page.locator('input[type="password"]').fill('${secrets.password}');`,
      `await page.locator('#otpCode').fill('${secrets.code}');`,
      `await page.getByPlaceholder('Any text').fill('${secrets.card}');`,
      `await page.getByLabel('Notes').pressSequentially('${secrets.key}');`,
      `await page.getByLabel('More notes').fill('${secrets.jwt}');`,
      `await expect(page.getByText('Your password is ${secrets.password}!')).toBeVisible();`,
      `await expect(page.locator('#otpCode')).toHaveValue('${secrets.code}');`,
      `await page.getByRole('button', { name: 'Use ${secrets.token}' }).click();`,
      `await expect(page.getByText(/${secrets.password}/)).toBeVisible();`,
      `await page.unknown('${secrets.password}');`,
      `await test.step('as ${secrets.password}', async () => {`,
      `  await page.getByLabel('Go').check();`,
      `});`,
    ),
  )
  const said = text + report('suites/recorded.ts')
  for (const secret of Object.values(secrets)) expect(said).not.toContain(secret)
  expect(said).not.toMatch(/letmein|hunter2|4111/)
  expect(text).toContain("fill(secret('PASSWORD'))")
  expect(text).toContain("page.goto(`/reset?token=${secret('TOKEN')}&next=%2F`)")
  expect(report('a.ts')).toContain('-e PASSWORD=…')
})

test.each([
  ["page.getByLabel('Age').fill('4111')", "fill('4111')"],
  ["page.getByLabel('Card holder').fill('Ada')", "fill('Ada')"],
  ["page.getByLabel('Compass').fill('north')", "fill('north')"],
  ["page.getByLabel('Say \\'hi\\'').fill('a\\nb\\u202e`${c}`\"')", "fill('a\\nb\\u202e`${c}`\"')"],
])('%s is kept as it was typed', async (statement, kept) => {
  const { text } = await imported(codegen(`await ${statement};`))
  expect(text).toContain(kept)
})

test.each([
  [
    'a text',
    'hello there\n',
    'recorded.spec.ts is nothing that can be imported: got a text; allowed: HAR (.har), OpenAPI 3 (.yaml or .json), a k6 script (.js or .ts), a collection of Postman 2.1 (.json), a generator of k6 Studio (.k6g), a saved answer of Prometheus (.json), an access log (combined, or lines of JSON), a locustfile (.py), a browser test of k6 Studio (.k6b), what Playwright’s codegen writes (JavaScript or TypeScript)',
  ],
  ['other JSON', '{ "logs": { "entries": [] } }', 'got JSON with "logs"; allowed: HAR'],
  [
    'damaged JSON',
    '{\n  "version": "1.0",\n  "actions": [\n    { "method": \n',
    'recorded.spec.ts is no JSON that can be read: it ends in the middle. Export the recording again.',
  ],
  ['damaged JSON in a line', '{\n  "version" "1.0"\n}', 'is no JSON that can be read: line 2 is damaged.'],
  [
    'a newer version',
    '{ "version": "7.0", "actions": [] }',
    'version: got "7.0"; allowed: "1.0", as k6 Studio 2 writes it. Open the test in k6 Studio and save it again.',
  ],
  ['no version', '{ "options": {}, "actions": [] }', 'version: got none; allowed: "1.0"'],
  [
    'no actions',
    '{ "version": "1.0", "actions": [] }',
    'the browser test has no actions: record or write some in k6 Studio first',
  ],
  [
    'actions of another kind',
    '{ "version": "1.0", "actions": [7, { "method": "locator.click" }, { "method": "page.goto" }] }',
    '3 problems:\n  - action 1: got no method; allowed: such as "page.goto" or "locator.click"\n  - action 2: locator.click has no locator that can be read\n  - action 3: page.goto has no url',
  ],
  [
    'no test',
    "import { test } from '@playwright/test'\nexport const a = 1\n",
    'the script has no test: codegen writes test(…',
  ],
  [
    'only tests that are switched off',
    codegen().replace("test('test'", "test.skip('test'"),
    'each test of the script is switched off: remove .skip and .fixme',
  ],
  ['half a script', codegen('await page.getByRole('), 'the script cannot be read: line 6: '],
  ['nothing', '  \n', 'recorded.spec.ts is empty'],
  [
    'bytes',
    new Uint8Array([0x50, 0x4b, 3, 4, 0xff, 0xfe, 0, 1]),
    'recorded.spec.ts is no text: it is binary, or in an encoding other than UTF-8',
  ],
  [
    '21 MiB',
    new Uint8Array(21 * 1024 * 1024).fill(32),
    'recorded.spec.ts: got 21 MiB; allowed: 20 MiB, and a recording of one journey is far smaller',
  ],
])('%s is refused in a sentence', async (_, text, message) => {
  await expect(imported(text)).rejects.toThrow(
    expect.objectContaining({ name: 'UserError', message: expect.stringContaining(message) as unknown }),
  )
})

test('what is not there, and what is no file, is refused', async () => {
  await expect(importRecording(join(scratch, 'none.k6b'))).rejects.toThrow('there is no file none.k6b')
  await expect(importRecording(scratch)).rejects.toThrow(
    /^loadwright-import-\w+ (?:is no file|cannot be read: EISDIR)$/,
  )
})

test('a recording that would take long to read is refused', async () => {
  const actions = Array.from({ length: 5001 }, () => ({ method: 'page.reload' }))
  await expect(imported(JSON.stringify({ version: '1.0', actions }))).rejects.toThrow(
    'recorded.spec.ts: got 5001 actions; allowed: 5000: record one journey alone',
  )
  const deep = (depth: number): object => ({
    type: 'frame',
    current: 'css',
    values: { css: { type: 'css', selector: 'a' } },
    ...(depth > 0 ? { parent: deep(depth - 1) } : {}),
  })
  const action = { method: 'locator.click', locator: deep(100) }
  await expect(imported(JSON.stringify({ version: '1.0', actions: [action] }))).rejects.toThrow(
    'action 1: locator.click has no locator that can be read',
  )
})

test('older browser tests of k6 Studio have frames and values elsewhere', async () => {
  const locator = { current: 'css', values: { css: { type: 'css', selector: '#city' } } }
  const frames = ['#outer', '#inner'].map((selector) => ({
    current: 'css',
    values: { css: { type: 'css', selector } },
  }))
  const { text } = await imported(
    JSON.stringify({
      version: '1.0',
      actions: [{ method: 'locator.toHaveValue', locator, frames, values: ['Paris'] }],
      options: {},
    }),
  )
  expect(text).toContain(
    "page.locator('#outer').contentFrame().locator('#inner').contentFrame().locator('#city')",
  )
  expect(text).toContain("hasValue('Paris')")
})

test('a bare path and a byte order mark are read', async () => {
  const { text } = await imported(Buffer.from(`\uFEFF${readFileSync(join(fixtures, 'written.txt'), 'utf8')}`))
  expect(text).toContain("page.goto('/login')")
})

test.each([
  ['shopping.har', 'json', 'HAR'],
  ['orders.postman_collection.json', 'har', 'a collection of Postman'],
  ['library.txt', 'har', 'Playwright'],
  ['order.k6b', 'har', 'k6 Studio'],
  ['../openapi/fixtures/petstore.yaml', 'har', 'OpenAPI'],
  ['../logs/fixtures/access.log', 'har', 'an access log'],
  ['../logs/fixtures/locustfile.py.txt', 'har', 'a locustfile'],
])('%s is known by what it says, also as .%s', async (file, ending, kind) => {
  const path = join(scratch, `other.${ending}`)
  writeFileSync(path, readFileSync(join(fixtures, file)))
  const { report } = await importRecording(path)
  expect(report('other.ts').split('\n', 1)[0]).toContain(kind)
})
