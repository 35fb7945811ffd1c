import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { importRecording } from '../importRecording.ts'
import { PLANTED, PLANTED_NAMES } from './planted.ts'

const scratch = mkdtempSync(join(tmpdir(), 'loadwright-planted-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const target = 'https://shop.example.com'

/** How a request carries a secret, each in a recording of its own: what is known from one place is found at another. */
const CARRIED: Readonly<Record<string, (name: string, value: string) => object>> = {
  'a query': (name, value) => ({ url: `${target}/x?${new URLSearchParams({ [name]: value }).toString()}` }),
  'a header': (name, value) => ({ headers: [{ name, value }] }),
  'a header with fields': (name, value) => ({
    headers: [{ name: 'X-Fields', value: `a=1; ${name}=${value}` }],
  }),
  JSON: (name, value) => carried('application/json', JSON.stringify({ [name]: value })),
  'JSON with names beside values': (name, value) =>
    carried('application/json', JSON.stringify({ fields: [{ name, value }] })),
  'JSON that stays a text': (name, value) =>
    carried('application/json', `{"price":1.10,${JSON.stringify(name)}:${JSON.stringify(value)}}`),
  'JSON with values in front of names': (name, value) =>
    carried('application/json', JSON.stringify({ fields: [{ value, type: 'text', name }] })),
  'JSON that stays a text, with values in front of names': (name, value) =>
    carried('application/json', `{"price":1.10,"a":{"value":${JSON.stringify(value)},"name":"${name}"}}`),
  'JSON with objects round values': (name, value) =>
    carried('application/json', JSON.stringify({ [name]: { value } })),
  'JSON in lines': (name, value) =>
    carried('application/x-ndjson', `{"index":{}}\n${JSON.stringify({ [name]: [value] })}\n`),
  'JSON within a text': (name, value) => carried('text/plain', `got ${JSON.stringify({ [name]: [value] })}.`),
  'a form with names beside values': (name, value) =>
    carried(
      'application/x-www-form-urlencoded',
      new URLSearchParams({ 'a[0][value]': value, 'a[0][name]': name }).toString(),
    ),
  'a query with names beside values': (name, value) => ({
    url: `${target}/x?${new URLSearchParams({ key: name, value }).toString()}`,
  }),
  'JSON in JSON': (name, value) =>
    carried('application/json', JSON.stringify({ message: JSON.stringify({ a: [{ [name]: value }] }) })),
  'JSON in a query': (name, value) => ({
    url: `${target}/x?${new URLSearchParams({ filter: JSON.stringify({ [name]: value }) }).toString()}`,
  }),
  'JSON in a form': (name, value) =>
    carried(
      'application/x-www-form-urlencoded',
      new URLSearchParams({ data: JSON.stringify({ [name]: value }) }).toString(),
    ),
  'JSON in a part': (name, value) =>
    carried(
      'multipart/form-data; boundary=X',
      `--X\r\nContent-Disposition: form-data; name="data"\r\n\r\n${JSON.stringify({ [name]: value })}\r\n--X--`,
    ),
  'JSON in parts that are no form': (name, value) =>
    carried(
      'multipart/related; boundary=X',
      `--X\r\nContent-Type: application/json\r\n\r\n${JSON.stringify({ [name]: value })}\r\n--X--`,
    ),
  'JSON in base64': (name, value) =>
    carried('text/plain', Buffer.from(JSON.stringify({ [name]: value })).toString('base64url')),
  'an element': (name, value) => carried('application/xml', `<a><s:${name} t="1">${value}</s:${name}></a>`),
  'an attribute': (name, value) => carried('text/xml', `<?xml version="1.0"?><a><b ${name}='${value}'/></a>`),
  'elements with names': (name, value) =>
    carried('text/xml', `<a><field name="${name}">${value}</field></a>`),
  'a query of GraphQL in XML': (name, value) =>
    carried('text/xml', `<a>mutation { login(${name}: "${value}") { id } }</a>`),
  'a form in a text': (name, value) => carried('text/plain', `a=1&${name}=${encodeURIComponent(value)}`),
  lines: (name, value) => carried('text/yaml', `user: ada\n${name}: ${value}\n`),
  'lines of an INI file': (name, value) => carried('text/plain', `[a]\nuser = ada\n${name} = ${value}\n`),
  'a line': (name, value) => carried('text/plain', `x\n${name}=${value} more\ny`),
  'a list of YAML': (name, value) => carried('text/yaml', `${name}:\n  - ${value}\n`),
  'a text of YAML': (name, value) => carried('text/yaml', `${name}: |\n  ${value}\n`),
  'values of YAML': (name, value) => carried('text/yaml', `- value: ${value}\n  name: ${name}\n`),
  'a list of YAML in brackets': (name, value) => carried('text/yaml', `a: [b, ${name}: ${value}]\n`),
  'elements with names behind values': (name, value) =>
    carried('text/xml', `<a><value>${value}</value><name>${name}</name></a>`),
  'elements in elements': (name, value) =>
    carried('text/xml', `<a><${name}><value>${value}</value></${name}></a>`),
  'a table': (name, value) => carried('text/csv', `user,${name}\nada,${value}\n`),
  'code with backticks': (name, value) => carried('text/javascript', `login({ ${name}: \`${value}\` })`),
  'an address in JSON': (name, value) =>
    carried(
      'application/json',
      JSON.stringify({ to: `https://a.example/b?${name}=${encodeURIComponent(value)}` }),
    ),
}
const carried = (mimeType: string, text: string): object => ({ postData: { mimeType, text } })

/** What is sent on a socket. */
const SENT: Readonly<Record<string, (name: string, value: string) => string>> = {
  JSON: (name, value) => JSON.stringify({ type: 'x', [name]: value }),
  'Socket.IO': (name, value) => `42${JSON.stringify(['login', { [name]: value }])}`,
  SockJS: (name, value) => JSON.stringify([JSON.stringify({ [name]: value })]),
  STOMP: (name, value) => `CONNECT\nlogin:ada\n${name}:${value}\n\n\0`,
}

const answer = { status: 200, headers: [], content: { mimeType: 'application/json', text: '{"a":1}' } }
const har = (entries: readonly object[]): string =>
  JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 't', version: '1' },
      entries: entries.map((one, index) => ({
        startedDateTime: `2026-03-01T10:00:${10 + index}.000Z`,
        time: 10,
        _resourceType: 'xhr',
        response: answer,
        ...one,
      })),
    },
  })
const asked = (request: object): object => ({
  request: { method: 'POST', url: `${target}/x`, headers: [], ...request },
})
const spoken = (data: readonly string[]): object => ({
  request: { method: 'GET', url: 'wss://shop.example.com/ws', headers: [] },
  response: { ...answer, status: 101 },
  _resourceType: 'websocket',
  _webSocketMessages: data.map((one) => ({ type: 'send', time: 1, opcode: 1, data: one })),
})
const collection = {
  info: { name: 'p', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  variable: PLANTED.map(([key, value]) => ({ key, value })),
  item: PLANTED.map(([key, value], index) => ({
    name: `r${index}`,
    request: {
      method: 'GET',
      header: [{ key, value }],
      url: { raw: `${target}/x`, query: [{ key: 'v', value: `{{${key}}}` }] },
    },
  })),
}
const api = {
  openapi: '3.0.3',
  info: { title: 'T', version: '1' },
  servers: [{ url: target }],
  paths: Object.fromEntries(
    PLANTED.map(([name, value], index) => [
      `/x${index}`,
      {
        get: {
          operationId: `x${index}`,
          parameters: [{ name, in: 'query', required: true, schema: { type: 'string' }, example: value }],
          responses: { 200: { description: 'ok' } },
        },
      },
    ]),
  ),
}
const enums = {
  ...api,
  paths: { '/given': { get: { operationId: 'given', responses: { 200: { description: 'ok' } } } } },
  components: {
    schemas: {
      Given: {
        type: 'object',
        properties: Object.fromEntries(
          PLANTED.map(([name, value]) => [
            name,
            { type: 'string', enum: [value], default: value, example: value },
          ]),
        ),
      },
      ...Object.fromEntries(PLANTED.map(([name, value]) => [name, { enum: [value] }])),
    },
  },
}
const spec = `import { test } from '@playwright/test'
test('t', async ({ page }) => {
${PLANTED.map(([name, value]) => `  await page.getByLabel('${name}').fill('${value}')`).join('\n')}
})
`

const script = (spoken: readonly string[]): string => `import http from 'k6/http'
const BASE = 'https://shop.example.com'
${spoken.join('\n')}
export default function () { http.get(BASE + '/x') }
`
/** How a script has a secret. */
const WRITTEN: Readonly<Record<string, (name: string, value: string, index: number) => string>> = {
  'a variable': (name, value, index) =>
    `function f${index}() { let ${name.replaceAll('-', '_')} = '${value}' }`,
  'a default': (name, value, index) => `const c${index} = __ENV['${name}'] || '${value}'`,
  'a header': (name, value) => `http.get(BASE, { headers: { '${name}': '${value}' } })`,
  'a header with a scheme': (name, value) =>
    `http.get(BASE, { headers: { '${name}': 'Bearer ' + \`${value}\` } })`,
  JSON: (name, value) => `http.post(BASE, JSON.stringify({ a: [{ '${name}': '${value}' }] }))`,
  'JSON in a text': (name, value) => `http.post(BASE, '${JSON.stringify({ [name]: value })}')`,
  'a form in a text': (name, value) => `http.post(BASE, 'a=1&${name}=${encodeURIComponent(value)}')`,
  'an address': (name, value) => `http.get(BASE + '/x?${name}=${encodeURIComponent(value)}')`,
  'a template': (name, value) => `http.get(\`\${BASE}/x?${name}=${encodeURIComponent(value)}&id=\${__VU}\`)`,
  'an argument': (name, value) => `http.cookieJar().set(BASE, '${name}', '${value}')`,
  'names beside values': (name, value) => `http.post(BASE, { value: '${value}', name: '${name}' })`,
  'a private field': (name, value, index) => `class C${index} { #${name.replaceAll('-', '_')} = '${value}' }`,
  'a sum': (name, value) => `http.post(BASE, 'a=1&${name}=' + '${value}')`,
  'a comparison': (name, value, index) => `const r${index} = (r) => r.json('${name}') === '${value}'`,
  'a comment': (name, value) => `// ${name}: ${value}`,
}

const each = <T>(make: (name: string, value: string, index: number) => T): T[] =>
  PLANTED.map((one, index) => make(...one, index))

test.each([
  ...Object.entries(CARRIED).map(([kind, make]) => [
    kind,
    'a.har',
    har(each((name, value) => asked(make(name, value)))),
  ]),
  ...Object.entries(SENT).map(([kind, make]) => [
    `a socket: ${kind}`,
    'a.har',
    har([asked({ url: `${target}/` }), spoken(each(make))]),
  ]),
  ...Object.entries(WRITTEN).map(([kind, make]) => [`a script: ${kind}`, 's.js', script(each(make))]),
  ['a collection', 'b.postman_collection.json', JSON.stringify(collection)],
  ['OpenAPI', 'c.json', JSON.stringify(api)],
  ['enums of OpenAPI', 'e.json', JSON.stringify(enums)],
  ['Playwright', 'd.spec.ts', spec],
])('%s: none of the planted secrets is written', async (_, name, text) => {
  const path = join(scratch, name)
  writeFileSync(path, text)
  const made = JSON.stringify(await importRecording(path))
  expect(PLANTED.map(([, value]) => value).filter((value) => made.includes(value))).toEqual([])
  expect(made).not.toMatch(/\bey[IJ]/)
})

test('a list of two is a name with its value, arguments of a log-in have a password, and a part of a path its name', async () => {
  const path = join(scratch, 'l.har')
  const json = (value: unknown) => asked(carried('application/json', JSON.stringify(value)))
  writeFileSync(
    path,
    har([
      json({ headers: [['X-Api-Key', 'swordfish1']] }),
      json({
        env: ['DB_PASSWORD=swordfish7', 'PATH=/bin'],
        secrets: { a: 'swordfish8', b: { c: 'swordfish9' } },
      }),
      json([
        { op: 'replace', path: '/password', value: 'swordfish0' },
        { k: 'token', v: 'swordfishA' },
      ]),
      json({ curl: "curl -H 'Authorization: Bearer swordfishB' https://x" }),
      json({ price: '1.10', method: 'login', params: ['ada', 'swordfish2'] }),
      asked(carried('application/json', '{"price":1.10,"headers":[["X-Api-Key","swordfish3"]]}')),
      asked({ url: `${target}/token/swordfish4/orders` }),
      asked(carried('text/plain', 'Hi, my password is swordfish5, and the PIN: 918273.')),
      json({ query: 'mutation { login(user: "ada", password: """swordfish6""") { id } }' }),
    ]),
  )
  expect(JSON.stringify(await importRecording(path))).not.toMatch(/swordfish|918273/)
})

/** How a request carries a secret as the name of a field. */
const NAMING: Readonly<Record<string, (name: string) => object>> = {
  'a query': (name) => ({ url: `${target}/x?a=1&${encodeURIComponent(name)}=2` }),
  'a query without values': (name) => ({ url: `${target}/x?${encodeURIComponent(name)}` }),
  JSON: (name) => carried('application/json', JSON.stringify({ a: [{ [name]: { b: 1 } }] })),
  'JSON that stays a text': (name) => carried('application/json', `{"price":1.10,"${name}":true}`),
  'a form': (name) => carried('application/x-www-form-urlencoded', `a=1&${encodeURIComponent(name)}=on`),
  'a part': (name) =>
    carried(
      'multipart/form-data; boundary=X',
      `--X\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n1\r\n--X--`,
    ),
  words: (name) => carried('application/json', JSON.stringify({ note: `My key is ${name}, and it works` })),
}

test.each(Object.entries(NAMING))('%s: none of the planted names is written', async (_, make) => {
  const path = join(scratch, 'n.har')
  writeFileSync(path, har(PLANTED_NAMES.map((name) => asked(make(name)))))
  const made = JSON.stringify(await importRecording(path))
  expect(PLANTED_NAMES.filter((name) => made.includes(name))).toEqual([])
})
