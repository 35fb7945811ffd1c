import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { importRecording, type ImportOptions } from '../importRecording.ts'

const scratch = mkdtempSync(join(tmpdir(), 'loadwright-har-'))
afterAll(() => rmSync(scratch, { recursive: true }))

interface Made {
  method?: string
  type?: string
  at?: number
  headers?: Record<string, string>
  body?: { type: string; text?: string; params?: unknown[] }
  status?: number
  answer?: string
  mime?: string
  answered?: Record<string, string>
}

const pairs = (headers: Record<string, string> = {}): object[] =>
  Object.entries(headers).map(([name, value]) => ({ name, value }))

let clock = 0
/** An entry of a HAR; each is two seconds after the one before. */
const entry = (url: string, made: Made = {}): object => ({
  startedDateTime: new Date(Date.UTC(2026, 0, 1) + (made.at ?? (clock += 2000))).toISOString(),
  time: 10,
  ...(made.type === undefined ? {} : { _resourceType: made.type }),
  request: {
    method: made.method ?? 'GET',
    url: url.startsWith('/') ? `https://shop.example.com${url}` : url,
    headers: pairs(made.headers),
    ...(made.body === undefined
      ? {}
      : { postData: { mimeType: made.body.type, text: made.body.text, params: made.body.params } }),
  },
  response: {
    status: made.status ?? 200,
    headers: pairs(made.answered),
    content: { mimeType: made.mime ?? 'text/html', text: made.answer },
    redirectURL: made.answered?.Location ?? '',
  },
})

async function imported(entries: readonly object[], options: ImportOptions = {}, log: object = {}) {
  const path = join(scratch, 'shop.har')
  writeFileSync(
    path,
    JSON.stringify({ log: { version: '1.2', creator: { name: 'Chrome' }, ...log, entries } }),
  )
  const { text, files, report } = await importRecording(path, options)
  return { text, files, report: report('suites/shop.ts') }
}

const form = (text: string): Made => ({
  method: 'POST',
  body: { type: 'application/x-www-form-urlencoded', text },
})
const json = (value: unknown, more: Made = {}): Made => ({
  method: 'POST',
  type: 'fetch',
  mime: 'application/json',
  answer: '{}',
  body: { type: 'application/json', text: JSON.stringify(value) },
  ...more,
})

test('a sign of escapes that escapes nothing, and a status in quotes, are read', async () => {
  const odd = entry('/a%zz/b', { answer: '<h1>Odd</h1>' }) as { response: { status: unknown } }
  odd.response.status = '201'
  const { text } = await imported([odd])
  expect(text).toContain("'/a%25zz/b'")
  expect(text).toContain('status(201)')
})

test('no secret reaches the suite, its pool or the report, wherever it was sent', async () => {
  const secrets = {
    password: 'hunter2-hunter2',
    bearer: 'Zm9vYmFyYmF6cXV4MTIzNDU2',
    basic: 'YWRtaW46bGV0bWVpbg==',
    key: 'glsa_AAAAAAAAAAAAAAAAAAAAAAAAAA',
    jwt: 'eyJhbGciOiJI1.eyJzdWIiOiIx1.c2lnbmF0dXJl1',
    card: '4111 1111 1111 1111',
    cvv: '918',
    cookie: 's%3Aabc123def456ghi789',
    reset: 'a8f5f167f44f4964e6c998dee827110c',
    random: '7c4a8d09ca3762af61e59520943dc26494f8941b',
    user: 'letmein99',
  }
  const { text, files, report } = await imported([
    entry(`https://admin:${secrets.user}@shop.example.com/`, {
      headers: { Cookie: `sid=${secrets.cookie}`, Authorization: `Basic ${secrets.basic}` },
      answer: `<title>Key ${secrets.key}</title>`,
    }),
    entry(`/reset/${secrets.reset}?token=${secrets.jwt}`, { answer: '<h1>Reset</h1>' }),
    entry('/login', form(`email=ada%40example.com&password=${secrets.password}`)),
    entry(
      '/api/pay',
      json({ card: { number: secrets.card, cvv: secrets.cvv }, fingerprint: secrets.random }),
    ),
    entry('/api/keys', json({ note: `use ${secrets.password} and ${secrets.key}`, apiKey: secrets.key })),
    entry('/api/me', {
      type: 'xhr',
      headers: { authorization: `Bearer ${secrets.bearer}` },
      mime: 'application/json',
      answer: `{"password":"${secrets.password}"}`,
    }),
    entry(`https://tracker.example.net/${secrets.password}?k=${secrets.key}`, { type: 'image' }),
    entry('/graphql', json({ query: `{ me(token: "${secrets.jwt}") { id } }` })),
  ])
  const said = text + report + files.map((file) => file.text).join('')
  for (const [name, secret] of Object.entries(secrets)) expect(said, name).not.toContain(secret)
  expect(text).toContain("password: secret('PASSWORD_2')")
  expect(report).toContain('-e PASSWORD=…')
})

test('what belongs to no journey is left out and listed, and can be kept', async () => {
  const entries = [
    entry('/', { answer: '<h1>Home</h1>' }),
    entry('/app.css', { type: 'stylesheet' }),
    entry('/logo.png', { mime: 'image/png' }),
    entry('https://www.google-analytics.com/g/collect?v=2', { method: 'POST', type: 'ping' }),
    entry('https://fonts.example.net/a.woff2', { type: 'font' }),
    entry('https://api.shop.example.com/v1/items', {
      type: 'fetch',
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'GET' },
    }),
    entry('https://api.shop.example.com/v1/items', { type: 'fetch', mime: 'application/json', answer: '[]' }),
    entry('/blocked', { type: 'xhr', status: 0 }),
    entry('/stream', { type: 'eventsource' }),
    entry('data:image/png;base64,AAAA'),
    entry('/old', { status: 301, answered: { Location: '/new' } }),
    entry('/new', { answer: '<h1>New</h1>' }),
    entry('/cached', { status: 304 }),
  ]
  const { text, report } = await imported(entries.toReversed())
  expect(text.match(/\.get\('[^']*'/g)).toEqual([
    ".get('/'",
    ".get('/v1/items'",
    ".get('/old'",
    ".get('/cached'",
  ])
  expect(text).toContain(
    "const apiShopExampleComApi = client('https://api.shop.example.com', { preflight: '/v1/items' })",
  )
  expect(text).toContain("'cached answers 200': status(200)")
  expect(report).toContain('1 × trackers (POST www.google-analytics.com/g/collect)')
  expect(report).toContain('2 × static files (GET shop.example.com/app.css, GET shop.example.com/logo.png)')
  for (const why of [
    'other hosts',
    'pre-flights',
    'no answer came',
    'event streams',
    'no address',
    'redirects',
  ])
    expect(report).toContain(`1 × ${why}`)
  expect((await imported(entries, { include: ['/app.css'] })).text).toContain("api.get('/app.css'")
})

test('values that look alike by chance are not read from answers', async () => {
  const { text } = await imported([
    entry('/', {
      mime: 'application/json',
      answer: '{"quantity":2,"status":"paid","page":3,"currency":"EUR","zip":"94043"}',
    }),
    entry('/api/cart', json({ quantity: 2, status: 'paid', page: 3, currency: 'EUR' })),
    entry('/list/3?page=3', { answer: '<h1>List</h1>' }),
  ])
  expect(text).not.toContain('given(')
  expect(text).toContain("json: { quantity: 2, status: 'paid', page: 3, currency: 'EUR' }")
})

test('a socket is a step: what was sent, and the first message that came after it', async () => {
  const socket = (
    url: string,
    messages: [type: string, data: string, opcode?: number][],
    more: Made = {},
  ) => ({
    ...entry(url, { type: 'websocket', status: 101, ...more }),
    _webSocketMessages: messages.map(([type, data, opcode = 1]) => ({ type, data, opcode })),
  })
  const { text, report } = await imported([
    entry('/login', { answer: '<script>window.token="f3a91c77d0aa41b2"</script><h1>Hi</h1>' }),
    entry('/api/me', { type: 'fetch', mime: 'application/json', answer: '{"name":"Ada"}', at: clock + 100 }),
    socket(
      'wss://shop.example.com/live?room=7',
      [
        ['receive', '{"type":"hello"}'],
        ['send', '{"type":"auth","token":"f3a91c77d0aa41b2"}'],
        ['receive', '{"type":"price","amount":7}'],
        ['receive', '{"type":"price","amount":8}'],
        ['send', '2'],
        ['receive', '3'],
        ['send', '42["join",{"room":"7"}]'],
        ['receive', '42["joined",{}]'],
        ['send', 'AAEC', 2],
        ['receive', 'plain words'],
      ],
      { at: clock + 50, headers: { Origin: 'https://shop.example.com', 'Sec-WebSocket-Protocol': 'v1, v2' } },
    ),
    socket('wss://shop.example.com/silent', []),
    entry('wss://shop.example.com/lost', { type: 'websocket', status: 101 }),
    socket('wss://feed.example.com/', [['send', 'hello']]),
  ])
  const at = text.indexOf("step('connect to live'")
  expect(text.slice(at - 8, text.indexOf('think', at))).toBe(`  await step('connect to live', async () => {
    await socket(
      '/live?room=7',
      { name: '/live', protocols: ['v1', 'v2'], headers: { Origin: settings().BASE_URL } },
      async (ws) => {
        await ws.next((message) => message.json<{ type: string }>()?.type === 'hello')
        ws.send({ type: 'auth', token })
        await ws.next((message) => message.json<{ type: string }>()?.type === 'price')
        ws.send('42["join",{"room":"7"}]')
        await ws.next(({ data }) => String(data).startsWith('42["joined"'))
      },
    )
  })
  `)
  expect(text).toContain("await socket('wss://feed.example.com/', { name: '/' }, async (ws) => {")
  expect(text).toContain("journey('shop', async () => {")
  expect(report).toContain('1 × sockets, whose messages are not in the recording (GET shop.example.com/lost)')
  expect(report).toContain('of 6 messages that came on the socket /live, 3 are waited for')
})

test('what changes something by cookies alone says where it comes from', async () => {
  const from = { Origin: 'https://shop.example.com' }
  const { text } = await imported([
    entry('/', { answer: '<h1>Home</h1>' }),
    entry('/cart', { ...form('a=1'), headers: from }),
  ])
  expect(text).toContain('client(settings().BASE_URL, { headers: { Origin: settings().BASE_URL } })')
  const { text: other } = await imported([
    entry('/', { answer: '<h1>Home</h1>', headers: from }),
    entry('/api', json({ a: 1 }, { headers: { ...from, Authorization: 'Bearer aaaa' } })),
  ])
  expect(other).not.toContain('Origin')
})

test('what went side by side is a batch; what needs an answer waits for it', async () => {
  const data = (url: string, answer: unknown, at: number, more: Made = {}) => ({
    ...entry(url, { type: 'fetch', mime: 'application/json', answer: JSON.stringify(answer), at, ...more }),
    time: 200,
  })
  const { text } = await imported([
    { ...entry('/', { answer: '<h1>Board</h1>', at: 0 }), time: 50 },
    data('/api/me', { userId: 'u-81f2c9aa' }, 60),
    data('/api/flags', {}, 70),
    data('/api/boards', { boards: [{ id: 'b-71f2c9ab' }] }, 80),
    data('/api/boards/b-71f2c9ab/cards', { cards: [] }, 90),
    data('/api/users/u-81f2c9aa', { name: 'Ada' }, 100),
  ])
  expect(text.slice(text.indexOf('    const ['), text.indexOf('  })\n})'))).toMatchInlineSnapshot(`
    "    const [me, flags, boards] = api.batch([
          { method: 'GET', path: '/api/me', name: '/api/me' },
          { method: 'GET', path: '/api/flags', name: '/api/flags' },
          { method: 'GET', path: '/api/boards', name: '/api/boards' },
        ])
        ensure(me, { 'me answers 200': status(200), 'me has userId': has('userId') })
        const userId = given('userId', me.json<string>('userId'))
        ensure(flags, { 'flags answers 200': status(200) })
        ensure(boards, { 'boards answers 200': status(200), 'boards has boards': has('boards') })
        const boardId = given('boardId', boards.json<string>('boards.0.id'))
        const [cards, user] = api.batch([
          { method: 'GET', path: \`/api/boards/\${boardId}/cards\`, name: '/api/boards/:id/cards' },
          { method: 'GET', path: \`/api/users/\${userId}\`, name: '/api/users/:id' },
        ])
        ensure(cards, { 'cards answers 200': status(200), 'cards has cards': has('cards') })
        ensure(user, { 'user answers 200': status(200), 'user has name': has('name') })
    "
  `)
})

test('what is asked until its answer is another is asked with a limit', async () => {
  const job = (answer: object, more: Made = {}) =>
    entry('/api/jobs/7', { type: 'fetch', mime: 'application/json', answer: JSON.stringify(answer), ...more })
  const states = [
    { status: 'queued', done: false, at: 1 },
    { status: 'queued', done: false, at: 2 },
    { status: 'finished', done: true, at: 3 },
  ]
  const { text, report } = await imported([
    entry('/', { answer: '<h1>Jobs</h1>' }),
    ...states.map((one) => job(one)),
  ])
  expect(text).toContain(`    const job = poll(
      () => api.get('/api/jobs/7', { name: '/api/jobs/:id' }),
      (job) => job.json<string>('status') === 'finished',
      2,
    )
    ensure(job, {`)
  expect(text).toContain("import { sleep } from 'k6'")
  expect(report).toContain(
    '/api/jobs/:id was sent 3 times until status was "finished": poll() sends it 30 times at most',
  )
  const accepted = await imported([
    entry('/', { answer: '<h1>Jobs</h1>' }),
    job({}, { status: 202 }),
    job({ url: 'x' }),
  ])
  expect(accepted.text).toContain('(job) => job.status === 200')
  const changing = await imported([
    entry('/', { answer: '<h1>Jobs</h1>' }),
    job({ at: 'a' }),
    job({ at: 'b' }),
  ])
  expect(changing.text).not.toContain('poll')
})

test('a UUID that the page made and sent again is one of the journey', async () => {
  const order = '0b7f3c1e-8a54-4d0e-9f2b-6c1d2e3f4a5b'
  const { text, report } = await imported([
    entry('/', { answer: '<h1>Shop</h1>' }),
    entry('/api/orders', json({ orderId: order, key: '1b7f3c1e-8a54-4d0e-9f2b-6c1d2e3f4a5b' })),
    entry(`/api/orders/${order}`, { type: 'fetch', mime: 'application/json', answer: '{}' }),
    entry('/api/things/2b7f3c1e-8a54-4d0e-9f2b-6c1d2e3f4a5b', { type: 'fetch' }),
  ])
  expect(text).toContain("journey('shop', () => {\n  const orderId = crypto.randomUUID()\n")
  expect(text).toContain('json: { orderId, key: crypto.randomUUID() }')
  expect(text).toContain('api.get(`/api/orders/${orderId}`')
  expect(text).toContain("api.get('/api/things/2b7f3c1e")
  const visit = { headers: { 'X-Visit': order } }
  const { text: all } = await imported([
    entry('/', { answer: '<h1>Shop</h1>', ...visit }),
    entry('/cart', { answer: '<h1>Cart</h1>', ...visit }),
  ])
  expect(all).toContain("api.get('/', { name: '/', headers: { 'X-Visit': xVisit } })")
  expect(report).toContain('UUIDs that no answer has given are made anew in each iteration: orderId.')
})

test('a user and a password of an address, or of its header, are sent in a header: the password is asked for', async () => {
  const both = ['https://ada:sword%20fish@shop.example.com/a', 'https://ada:sword%20fish@shop.example.com/b']
  const { text } = await imported(both.map((url) => entry(url, { answer: '<h1>Shop</h1>' })))
  expect(text).toContain("import encoding from 'k6/encoding'")
  expect(text).toContain(
    "headers: () => ({ Authorization: `Basic ${encoding.b64encode(`ada:${secret('PASSWORD')}`)}` })",
  )
  const basic = `Basic ${Buffer.from('sk_live_4eC39HqLyjWDarjtT1zdp7dc:').toString('base64')}`
  const { text: keyed } = await imported([
    entry('/', { answer: '<h1>Shop</h1>', headers: { Authorization: basic } }),
  ])
  expect(keyed).toContain("Basic ${encoding.b64encode(`${secret('USER')}:`)}")
  expect(text + keyed).not.toMatch(/fish|sk_live|[A-Za-z0-9]{24}/)
})

test('a form in parts without a file is sent in parts', async () => {
  const body = [
    '--x',
    'Content-Disposition: form-data; name="1_title"',
    '',
    'Plan',
    '--x',
    'Content-Disposition: form-data; name="tag"',
    '',
    'a',
    '--x',
    'Content-Disposition: form-data; name="tag"',
    '',
    'b',
    '--x--',
    '',
  ].join('\r\n')
  const { text } = await imported([
    entry('/', { answer: '<h1>New</h1>' }),
    entry('/new', {
      method: 'POST',
      body: { type: 'multipart/form-data; boundary=x', text: body },
      answer: '<h1>Made</h1>',
    }),
  ])
  expect(text).toContain(`    const newAnswer = api.post('/new', {
      name: '/new',
      body: inParts({ '1_title': 'Plan', tag: ['a', 'b'] }),
      headers: { 'Content-Type': PARTS_TYPE },
    })`)
})

test('several files of one field are sent in parts', async () => {
  const body = [
    ['name="title"', '', 'Plan'],
    ['name="files"; filename="a.txt"', 'Content-Type: text/plain', '', 'one'],
    ['name="files"; filename="b.txt"', 'Content-Type: text/plain', '', 'zwölf'],
  ].map((lines) => `--x\r\nContent-Disposition: form-data; ${lines.join('\r\n')}\r\n`)
  const { text } = await imported([
    entry('/', { answer: '<h1>New</h1>' }),
    entry('/new', {
      method: 'POST',
      body: { type: 'multipart/form-data; boundary=x', text: `${body.join('')}--x--\r\n` },
      answer: '<h1>Made</h1>',
    }),
  ])
  expect(text).toContain(`      body: inParts({
        title: 'Plan',
        files: [http.file('one', 'a.txt', 'text/plain'), http.file('zwölf', 'b.txt', 'text/plain')],
      }),
      headers: { 'Content-Type': PARTS_TYPE },`)
  expect(text).toContain("import http, { type FileData } from 'k6/http'")
})

test('operations of GraphQL are sent by their hashes where they were', async () => {
  const extensions = {
    persistedQuery: {
      version: 1,
      sha256Hash: 'ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38',
    },
  }
  const query = 'query Cart($id: ID) { cart(id: $id) { size } }'
  const { text } = await imported([
    entry(
      '/graphql',
      json(
        { operationName: 'Cart', variables: {}, extensions },
        { answer: '{"errors":[{"message":"PersistedQueryNotFound"}]}' },
      ),
    ),
    entry(
      '/graphql',
      json({ operationName: 'Cart', variables: {}, extensions, query }, { answer: '{"data":{}}' }),
    ),
    entry(
      '/graphql',
      json(
        { operationName: 'Cart', variables: { id: 'no' }, extensions },
        { answer: '{"errors":[{"message":"none"}]}' },
      ),
    ),
    entry('/graphql', json({ query: '{ size }' }, { answer: '{"data":{}}' })),
    entry('/graphql', json({ query, doc: 7 }, { answer: '{"data":{}}' })),
  ])
  expect(text.match(/ask\(.*\)|api\.post\(.*/g)).toEqual([
    'ask(cartQuery, { persisted: true })',
    "ask(cartQuery, { variables: { id: 'no' }, persisted: true, errors: 'expected' })",
    "ask(queryText, { name: '/graphql' })",
    "api.post('/graphql', { name: 'Cart', json: { query: cartQuery, doc: 7 } })",
  ])
  expect(text).toContain("'Cart has errors': ({ errors }) => errors.length > 0")
})

test('operations that are sent together, and by addresses with a query, are checked as operations', async () => {
  const ask = (operation: string, variables = {}): object => ({
    operationName: operation,
    query: `query ${operation}($id: ID) { ${operation.toLowerCase()}(id: $id) { id } }`,
    variables,
  })
  const { text } = await imported([
    entry(
      '/graphql',
      json([ask('User'), ask('Orders', { id: 'o-1' })], {
        answer: '[{"data":{"user":{"id":"cart-17x9k2"}}},{"data":{"orders":[]}}]',
      }),
    ),
    entry('/graphql?op=Cart', json(ask('Cart', { id: 'cart-17x9k2' }), { answer: '{"data":{"cart":{}}}' })),
    entry('/graphql?op=Stock', json(ask('Stock'), { answer: '{"data":null,"errors":[{"message":"no"}]}' })),
    entry(
      '/graphql',
      json([ask('Tax'), ask('User')], { answer: '[{"data":{}},{"errors":[{"message":"a"}]}]' }),
    ),
    entry('/graphql', json({ ...ask('Extra'), more: true }, { answer: '{"data":{"errors":[]}}' })),
    entry('/graphql?query=%7B+shop+%7D', { type: 'fetch', mime: 'application/json', answer: '{"data":{}}' }),
  ])
  expect(text.slice(text.indexOf('export const'), text.indexOf('const shopSuite'))).toMatchInlineSnapshot(`
    "export const shop = journey('shop', () => {
      const userId = step('user and orders', () => {
        const userAndOrders = ask.batch(
          [{ query: userQuery }, { query: ordersQuery, variables: { id: 'o-1' } }],
          { name: 'User and Orders' },
        )
        ensure(userAndOrders, {
          'User and Orders have no errors': (answers) => answers.every(({ errors }) => errors.length === 0),
        })
        return given('userId', userAndOrders[0].response.json<string>('0.data.user.id'))
      })
      think(1.5, 2.5)
      step('cart', () => {
        const cart = askCart(cartQuery, { variables: { id: userId } })
        ensure(cart, { 'Cart has no errors': noErrors() })
      })
      think(1.5, 2.5)
      step('stock', () => {
        const stock = askStock(stockQuery, { errors: 'expected' })
        ensure(stock, { 'Stock has errors': ({ errors }) => errors.length > 0 })
      })
      think(1.5, 2.5)
      step('tax and user', () => {
        const taxAndUser = ask.batch([{ query: taxQuery }, { query: userQuery }], {
          name: 'Tax and User',
          errors: 'allowed',
        })
        ensure(taxAndUser, {
          'Tax and User have errors': (answers) => answers.some(({ errors }) => errors.length > 0),
        })
      })
      think(1.5, 2.5)
      step('extra', () => {
        const extra = api.post('/graphql', {
          name: 'Extra',
          json: { query: extraQuery, operationName: 'Extra', variables: {}, more: true },
        })
        ensure(extra, {
          'Extra answers 200': status(200),
          'Extra has no errors': (response) => response.json('errors.0') === undefined,
        })
      })
      think(1.5, 2.5)
      step('load graphql', () => {
        const graphqlAnswer = api.get('/graphql?query=%7B+shop+%7D', { name: '/graphql' })
        ensure(graphqlAnswer, {
          'graphql answers 200': status(200),
          'graphql has no errors': (response) => response.json('errors.0') === undefined,
        })
      })
    })

    "
  `)
})

test('operations whose texts are nowhere in the recording are told of', async () => {
  const extensions = { persistedQuery: { version: 1, sha256Hash: 'ecf4edb4' } }
  const query = new URLSearchParams({ operationName: 'Home', extensions: JSON.stringify(extensions) })
  const alone = [
    entry('/graphql', json({ operationName: 'Cart', extensions }, { answer: '{"data":{}}' })),
    entry(`/graphql?${query}`, { answer: '{"data":{}}', mime: 'application/json', type: 'fetch' }),
  ]
  const said = /operations that were sent by their hashes alone are not in the recording.*: (.*)/
  expect(said.exec((await imported(alone)).report)?.[1]).toMatchInlineSnapshot(`"POST /graphql, /graphql"`)
  const known = entry('/graphql', json({ query: '{ a }', extensions }, { answer: '{"data":{}}' }))
  expect((await imported([known])).report).not.toMatch(said)
})

test('groups of k6 Studio are steps, and pauses are think time', async () => {
  const { text } = await imported(
    [
      { ...entry('/', { at: 0 }), pageref: 'a' },
      { ...entry('/terms', { at: 100 }), pageref: 'a' },
      { ...entry('/buy', { ...form('a=1'), at: 90_000 }), pageref: 'b' },
    ],
    {},
    {
      creator: { name: 'k6-studio' },
      pages: [
        { id: 'a', title: 'Look around' },
        { id: 'b', title: 'Buy' },
      ],
    },
  )
  expect(text.match(/step\('.*?'|think\(.*\)/g)).toEqual([
    "step('Look around'",
    'think(22.5, 37.5)',
    "step('Buy'",
  ])
})

test('texts that are longer than a piece of the file, and have anything in them, are read', async () => {
  const long = `{"a":[{"b":"]},{\\"é€😀"}],"pad":"${'x'.repeat(2_500_000)}","id":"zq81mm20pp"}`
  const { text } = await imported([
    entry('/api/things', { type: 'xhr', mime: 'application/json', answer: long }),
    entry('/api/things/zq81mm20pp', { type: 'xhr', mime: 'application/json', answer: '{"é":"😀"}' }),
  ])
  expect(text).toContain('api.get(`/api/things/${thingId}`')
})

test('hostile texts are written as texts', async () => {
  const evil = "*/ '); ${process.exit()} `\u2028</script>\\"
  const { text } = await imported([
    entry('/', { answer: `<h1>it's a "title"</h1>` }),
    entry(`/a'b/\${x}`, json({ [evil]: evil, __proto__x: null }, { headers: { "x-it's": evil } })),
  ])
  const { transform } = await import('esbuild')
  await expect(transform(text, { loader: 'ts' })).resolves.toBeDefined()
  expect(text).toContain(`'home says "it\\'s a "title""'`)
})

test.each([
  ['', 'shop.har is empty'],
  [
    '{}',
    'shop.har is no HAR: got an empty object; allowed: an object with "log", as developer tools export it',
  ],
  ['[]', 'shop.har is no HAR: got a list; allowed: '],
  ['7', 'shop.har is no HAR: got a value; allowed: '],
  ['hello', 'shop.har is no HAR that can be read: what is beside its entries is damaged.'],
  ['{"log":{"version":"1.2"}}', 'shop.har has no entries: record some requests first, then export them'],
  ['{"log":{"version":"1.2","entries":[]}}', 'shop.har has no entries'],
  ['{"log":', 'shop.har is no HAR that can be read: it ends in the middle. Export the recording again.'],
  ['{"log":{"entries":[{"request":{"ur', 'it ends in the middle'],
  ['{"log":{"entries":[{"a" 1}]}}', 'entry 1 is damaged'],
  [
    '{"log":{"version":"2.0","entries":[{}]}}',
    'shop.har: log.version: got "2.0"; allowed: "1.2". Export it as HAR 1.2.',
  ],
  [
    '{"log":{"version":"1.2","entries":[{"request":{}},7]}}',
    'none of its 2 entries has a request with an address',
  ],
  [
    '{"log":{"version":"1.2","entries":[{"request":{"url":"data:text/plain,a"}}]}}',
    'shop.har: none of its requests is one of a journey: 1 × no address of a server',
  ],
])('%s is refused in a sentence', async (text, message) => {
  const path = join(scratch, 'shop.har')
  writeFileSync(path, text)
  await expect(importRecording(path)).rejects.toThrow(
    expect.objectContaining({ name: 'UserError', message: expect.stringContaining(message) as unknown }),
  )
})
