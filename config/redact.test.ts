import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cut, redact, withoutTags } from './redact.ts'

test.each([
  ['{"apiKey": "a", "n": 1, "password":"x\\"y"}', '{"apiKey": ***, "n": 1, "password":***}'],
  ['{"session_token":"cut of', '{"session_token":***'],
  ['{"cvv": 123, "n": 1}', '{"cvv": *** "n": 1}'],
  ['{"tokens": ["a", "b"], "n": 1}', '{"tokens": ***], "n": 1}'],
  ['{"credentials":{"user":"a"},"n":1}', '{"credentials":***},"n":1}'],
  ["{'password': 'it''s', 'n': 1}", "{'password': ***, 'n': 1}"],
  ["{ password: 'x', n: 1 }", '{ password: ***, n: 1 }'],
  [String.raw`"{\"secret\":\"s3cret\"}", "n"`, String.raw`"{\"secret\":***, "n"`],
  [String.raw`"{\\\"secret\\\":\\\"s3\\\\\\\"cret\\\"}", 1`, String.raw`"{\\\"secret\\\":***, 1`],
  [String.raw`{\u0022password\u0022:\u0022hunter2\u0022}`, String.raw`{\u0022password\u0022:***`],
  ['&quot;password&quot;:&quot;hun&amp;ter2&quot;, 1', '&quot;password&quot;:***&quot;, 1'],
  ['&#34;password&#34;:&#34;hunter2&#34;, 1', '&#34;password&#34;:***&#34;, 1'],
  ['data=%7B%22password%22%3A%22hunter2%22%7D&n=1', 'data=%7B%22password%22%3A***&n=1'],
  ['email=a&credit_card_number=4432&x=1', 'email=a&credit_card_number=***&x=1'],
  ['<p>password=hunter2</p>', '<p>password=***</p>'],
  ['DB_PASS=hunter2 HOST=db', 'DB_PASS=*** HOST=db'],
  ['Server=db;User Id=sa;Password=hunter2', 'Server=db;User Id=sa;Password=***'],
  ['db:\n  password: correct horse\n  host: db', 'db:\n  password: ***\n  host: db'],
  ['<password>hunter2</password>', '<password>***</password>'],
  ['<ns:Password Type="Text">hunter2</ns:Password>', '<ns:Password Type="Text">***</ns:Password>'],
  ['<secret><![CDATA[hunter2]]></secret>', '<secret><![CDATA[***</secret>'],
  ['<input name="csrf_token" value="abc">', '<input name="csrf_token" value=***>'],
  ['<add key="ApiKey" value="abc"/>', '<add key=*** value="abc"/>'],
  ['[{"name":"password","value":"hunter2"}]', '[{"name":"password","value":***}]'],
  ['[password] => hunter2', '[password] => ***'],
  [':password=>"hunter2", :n=>1', ':password=>***, :n=>1'],
  ['Set-Cookie: sid=abc; Path=/; HttpOnly\nDate: x', 'Set-Cookie: ***\nDate: x'],
  ['Authorization: Token abc, more', 'Authorization: ***'],
  ['authorization=Token abc more', 'authorization=*** more'],
  ['map[Authorization:[Token abc] Accept:[text]]', 'map[Authorization:***] Accept:[text]]'],
  ['got Bearer ab.cd', 'got Bearer ***'],
  ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig-_1 end', 'jwt *** end'],
  ['id AKIAIOSFODNN7EXAMPLE, xoxb-1234-abcd', 'id ***, ***'],
  ['at https://jane:hunter2@shop.example/cart', 'at https://***shop.example/cart'],
  ['postgres://app:p@ss#w?rd@db:5432/shop', 'postgres://***db:5432/shop'],
  ['redis://:hunter2@cache', 'redis://***cache'],
  [String.raw`"https:\/\/jane:hunter2@shop.example"`, String.raw`"https:\/\/***shop.example"`],
  ['card 4432-8015-6152-0454, order 12345', 'card ***, order 12345'],
  ['mail jane.doe+x@example.co.uk!', 'mail ***!'],
  [
    'read tcp 127.0.0.1:53422->10.0.0.7:443: read: reset',
    'read tcp 127.0.0.1:***->10.0.0.7:443: read: reset',
  ],
  ['dns: read udp6 [::1]:46342->[::2]:53: i/o timeout', 'dns: read udp6 [::1]:***->[::2]:53: i/o timeout'],
  ['© 漢 😀 "token": "hunter2" 😀 é', '© 漢 😀 "token": *** 😀 é'],
])('%s', (text, shown) => {
  expect(redact(text)).toBe(shown)
})

test.each([
  'HTTP 500: no such product OLJCESPC7Z at 2026-11-22T03:25:34.090Z, 1764000000000 ms',
  "KeyError: 'quantity'",
  'TokenExpiredError: jwt expired',
  'SyntaxError: Unexpected token < in JSON at position 0',
  'duplicate key value violates unique constraint "products_pkey"',
  '<a class="key" href="/author?passed=1">Text</a>',
  'dial tcp 127.0.0.1:8080: connect: connection refused',
  'http://127.0.0.1:8080/products/1?currency=EUR',
])('no secret: %s', (plain) => {
  expect(redact(plain)).toBe(plain)
})

const SECRET = fc.stringMatching(/^[A-Za-z0-9]{8,24}$/).map((text) => `S3${text}`)
const AROUND = fc.string({
  unit: fc.constantFrom(...'ab1 :="\'<>{}[],;&\\\n/é漢😀'.split('')),
  maxLength: 30,
})
const NAMES = [
  'password',
  'apiKey',
  'access_token',
  'client-secret',
  'Session',
  'db.passwd',
  'X-Auth-Token',
  'cookie',
]
const PLACES: readonly ((name: string, secret: string) => string)[] = [
  (name, secret) => JSON.stringify({ n: 1, [name]: secret, last: [] }),
  (name, secret) => JSON.stringify({ body: JSON.stringify({ [name]: secret }) }),
  (name, secret) => JSON.stringify(JSON.stringify({ body: JSON.stringify({ [name]: `a"b\\${secret}` }) })),
  (name, secret) => JSON.stringify({ [name]: `"'\\ ${secret}` }, undefined, 2),
  (name, secret) => JSON.stringify({ [name]: [secret, secret] }),
  (name, secret) => `{'${name}': '${secret}'}`,
  (name, secret) => `${name}: ${secret}\n`,
  (name, secret) => `${name}=${secret}&x=1`,
  (name, secret) => `<p>${name}=${secret}</p>`,
  (name, secret) => `<${name}>${secret}</${name}>`,
  (name, secret) => `<input type="hidden" name="${name}" value="${secret}">`,
  (name, secret) => JSON.stringify({ [name]: secret }).replaceAll('"', '&quot;'),
  (name, secret) => encodeURIComponent(JSON.stringify({ [name]: secret })),
  (_, secret) => `https://jane:${secret}@shop.example/`,
  (_, secret) => `redis://:${secret}@cache`,
  (_, secret) => `Authorization: Token ${secret}\n`,
  (_, secret) => `Set-Cookie: a=b; id=${secret}; Path=/\n`,
  (_, secret) => `xoxb-${secret}`,
  (_, secret) => `Bearer ${secret}`,
]

test('a secret never comes through, wherever it stands and whatever stands around it', () => {
  fc.assert(
    fc.property(
      SECRET,
      fc.constantFrom(...NAMES),
      fc.constantFrom(...PLACES),
      AROUND,
      AROUND,
      (secret, name, place, before, after) =>
        !redact(`${before} ${place(name, secret)} ${after}`).includes(secret),
    ),
    { numRuns: 3000 },
  )
})

test('a number as long as a card’s never comes through, however it is written', () => {
  const digits = fc.array(fc.nat({ max: 9 }), { minLength: 14, maxLength: 19 })
  fc.assert(
    fc.property(digits, fc.constantFrom('', ' ', '-'), fc.string(), (card, between, around) => {
      expect(redact(`${around}x${card.join(between)}x`)).not.toContain(card.join(between))
    }),
  )
})

test('of a long text only the beginning is looked at, and no character is cut in two', () => {
  expect(redact(`password=hunter2 ${'x'.repeat(1000)}`, 20)).toBe('password=*** xxxxxxx')
  expect(cut('ab😀', 3)).toBe('ab')
  expect(cut('ab😀', 4)).toBe('ab😀')
})

test('of a page what a person would read, of all else what it is', () => {
  expect(withoutTags('<!DOCTYPE html><script>x()</script><h1>Oh</h1><p>no').trim()).toBe('Oh  no')
  expect(withoutTags('<html><script>never ends').trim()).toBe('<html><script>never ends')
  expect(withoutTags('{"a":"<b>"}')).toBe('{"a":"<b>"}')
})
