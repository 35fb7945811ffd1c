import { expect, test } from 'vitest'
import { presetIn } from './readPreset.ts'

const read = async (text: string) => (await presetIn('/project/pr.yaml', 'pr.yaml', text)).preset
/** What is told of a text, a line each. */
const told = async (text: string): Promise<string[]> => {
  try {
    await read(text)
    return []
  } catch (error) {
    return (error as Error).message.split('\n').slice(1)
  }
}
const REQUESTS = 'requests: [{ path: / }]\n'

test('a preset is read, with what it leaves out', async () => {
  expect(await read('requests:\n  - path: /cart?x=1\n')).toEqual({
    name: 'pr',
    load: { rate: 1 },
    limits: {},
    thresholds: {},
    requests: [{ name: 'GET /cart', method: 'GET', path: '/cart?x=1', at: [1, 4] }],
  })
  const more = await read(
    'name: a\ntarget: http://h/b/\nload: { vus: 2 }\nthink: [1s, 1500ms]\nregions: [x, y, z]\nrequests: [{ path: http://h/b/c }]\nthresholds: { http_req_failed: rate<0.1 }',
  )
  expect(more).toMatchObject({ think: [1, 1.5], regions: { x: 34, y: 33, z: 33 } })
  expect([more.requests?.[0]?.path, more.thresholds]).toEqual(['/c', { http_req_failed: ['rate<0.1'] }])
})

test('headers that HTTP has not are refused, and no password of an address is shown', async () => {
  expect(
    await told('requests: [{ path: /, headers: { X-Ok: a, "Bad Header": b, X-Two: "a\\nb" } }]\n'),
  ).toEqual([
    expect.stringContaining('headers.Bad Header: got "Bad Header"; allowed: a name of letters'),
    expect.stringContaining('headers.X-Two: got a text of several lines; allowed: a text on one line'),
  ])
  const [line] = await told('target: https://ada:swordfish@shop.example.com\n' + REQUESTS)
  expect(line).toContain('target: got "https://***@shop.example.com"')
})

test('every problem at once, each with its line and column, in their order', async () => {
  const text = `name: a b
profil: smoke
profile: somke
load: { vus: 1.5, rate: 3 }
duration: 60
requests:
  - { path: cart, methd: GET }
  - { path: /a, body: x }
  - { path: /a, weight: 0 }
  - { path: https://other.example/ }
  - {}
limits: { rate: 2 }
journeys: [browse]
thresholds:
  http_req_duraton: ["p(95)<500"]
  http_req_failed: ["p(95)<500"]
  http_req_duration{name:nothing}: p(95)<1
regions: { a: 50, b: 49 }
tolerances: [{ metric: checks, limit: +1%, owner: a }]
`
  expect(await told(text)).toMatchInlineSnapshot(`
    [
      "  - pr.yaml:1:7: name: got "a b"; allowed: letters, digits, dash and underscore, at most 64",
      "  - pr.yaml:2:1: profil: got "profil"; allowed: name, description, target, environment, profile, load, rampUp, warmUp, duration, rampDown, think, requests, suite, journeys, thresholds, limits, regions, monitor, tolerances. Did you mean "profile"?",
      "  - pr.yaml:3:10: profile: got "somke"; allowed: smoke, load, stress, spike, soak, breakpoint, canary, replay. Did you mean "smoke"?",
      "  - pr.yaml:4:14: load.vus: got "1.5"; allowed: a whole number above 0",
      "  - pr.yaml:4:25: load.rate: got 3; allowed: at most 2, as limits.rate says",
      "  - pr.yaml:5:11: duration: got "60"; allowed: a duration such as 30s, 5m, 1m30s or 250ms",
      "  - pr.yaml:7:13: requests[0].path: got "cart"; allowed: a path such as /cart, or a URL of the target's host",
      "  - pr.yaml:7:19: requests[0].methd: got "methd"; allowed: name, method, path, graphql, headers, query, body, form, weight, checks. Did you mean "method"?",
      "  - pr.yaml:8:23: requests[1].body: got a body of GET; allowed: a body with POST, PUT, PATCH, DELETE. Write method: POST.",
      "  - pr.yaml:9:5: requests[2]: got "GET /a", as requests[1] has it; allowed: another name for each request",
      "  - pr.yaml:9:25: requests[2].weight: got "0"; allowed: a number above 0",
      "  - pr.yaml:10:13: requests[3].path: got "https://other.example/"; allowed: a path such as /cart, where the preset has no target",
      "  - pr.yaml:11:5: requests[4].path: got nothing; allowed: a path such as /cart, or a URL of the target's host",
      "  - pr.yaml:13:11: journeys: got journeys without suite; allowed: suite: with the file that exports them",
      "  - pr.yaml:15:21: thresholds.http_req_duraton: got "http_req_duraton"; allowed: checks, data_received, data_sent, dropped_iterations, group_duration, http_req_blocked, http_req_connecting, http_req_duration, http_req_failed, http_req_receiving, http_req_sending, http_req_tls_handshaking, http_req_waiting, http_reqs, iteration_duration, iterations, vus, vus_max, browser_data_received, browser_data_sent, browser_http_req_duration, browser_http_req_failed, browser_web_vital_cls, browser_web_vital_fcp, browser_web_vital_inp, browser_web_vital_lcp, browser_web_vital_ttfb, grpc_req_duration, grpc_streams, grpc_streams_msgs_received, grpc_streams_msgs_sent, ws_connecting, ws_msgs_received, ws_msgs_sent, ws_ping, ws_session_duration, ws_sessions, journeys_started, journeys_completed, journeys_failed, journey_failed, journey_duration, steps_completed, span_duration, checks_succeeded, checks_failed, graphql_operations, graphql_operations_failed, graphql_operation_failed, grpc_calls, grpc_calls_failed, grpc_call_failed, tunnel_errors. Did you mean "http_req_duration"?",
      "  - pr.yaml:16:20: thresholds.http_req_failed: got "p(95)<500"; allowed: for a rate: rate<0.01",
      "  - pr.yaml:17:36: thresholds["http_req_duration{name:nothing}"]: got "nothing"; allowed: GET /a, GET https-//other.example/",
      "  - pr.yaml:18:10: regions: got 99 percent together; allowed: 100 percent together",
      "  - pr.yaml:19:39: tolerances[0].limit: got "+1%"; allowed: points, since checks is a share: +1 points",
    ]
  `)
})

test.each([
  ['', 'nothing'],
  ['# only a comment\n', 'nothing'],
  ['- a\n', 'a list'],
  ['just text', '"just text"'],
])('a file that is no preset says so: %j', async (text, got) => {
  expect(await told(text)).toEqual([
    expect.stringMatching(
      new RegExp(`^  - pr.yaml:1:1: got ${got}; allowed: what to load and how`),
    ) as string,
  ])
})

test('traps of YAML are right, or are told with what to write', async () => {
  const traps = {
    'a tab': 'requests:\n\t- path: /\n',
    'a key twice': `profile: smoke\nprofile: load\n${REQUESTS}`,
    'two documents': `${REQUESTS}---\n${REQUESTS}`,
    'a number with a leading zero': `${REQUESTS}load: { vus: 010 }\n`,
    'an octal': `${REQUESTS}load: { vus: 0o10 }\n`,
    'a number in quotes': `${REQUESTS}load: { vus: "5" }\n`,
    'no number': `${REQUESTS}load: { rate: .inf }\n`,
    'a zip code in JSON': 'requests: [{ path: /, method: POST, body: { zip: 01234 } }]\n',
    'a number too long': 'requests: [{ path: /, method: POST, body: { id: 12345678901234567890 } }]\n',
    'a time without unit': `${REQUESTS}duration: 90\n`,
    'a sexagesimal': `${REQUESTS}duration: 1:30\n`,
    yes: `${REQUESTS}thresholds: { checks: [{ threshold: rate>0.9, abortOnFail: yes }] }\n`,
    'a comment in a text': 'requests: [{ path: /, checks: { contains: Order #1\n } }]\n',
    'braces in a flow': 'requests: [{ path: /, headers: { X: Bearer ${TOKEN} } }]\n',
    'a colon': 'description: PR: the small one\nrequests: [{ path: / }]\n',
    'a backtick': 'description: `quick`\nrequests: [{ path: / }]\n',
    'a tag': 'description: !env NAME\nrequests: [{ path: / }]\n',
    'an alias of nothing': 'description: *there\nrequests: [{ path: / }]\n',
    'a merge': 'x: &a { path: / }\nrequests:\n  - <<: *a\n',
    'no value': 'description:\nrequests:\n  - path:\n',
    'a key of none': '? [a]\n: b\n',
    'a cut text': 'description: "quick\nrequests: [{ path: / }]\n',
  }
  const found: string[] = []
  for (const [trap, text] of Object.entries(traps)) found.push(trap, ...(await told(text)))
  expect(found).toMatchInlineSnapshot(`
    [
      "a tab",
      "  - pr.yaml:2:1: got a tab; allowed: spaces before a key, two for each level",
      "a key twice",
      "  - pr.yaml:2:1: got "profile" again; allowed: each key once",
      "two documents",
      "  - pr.yaml:2:1: got a second document; allowed: one preset in a file. Remove the line ---, or write another file.",
      "a number with a leading zero",
      "  - pr.yaml:2:14: load.vus: got 010, which YAML reads as 10; allowed: 10, or '010' in quotes for a text",
      "an octal",
      "  - pr.yaml:2:14: load.vus: got 0o10, which YAML reads as 8; allowed: 8, or '0o10' in quotes for a text",
      "a number in quotes",
      "  - pr.yaml:2:14: load.vus: got "5"; allowed: a whole number above 0. Write it without quotes.",
      "no number",
      "  - pr.yaml:2:15: load.rate: got .inf, which is no number of JSON; allowed: a number",
      "a zip code in JSON",
      "  - pr.yaml:1:50: requests[0].body.zip: got 01234, which YAML reads as 1234; allowed: 1234, or '01234' in quotes for a text",
      "a number too long",
      "  - pr.yaml:1:49: requests[0].body.id: got 12345678901234567890, which becomes 12345678901234567000; allowed: '12345678901234567890' in quotes, or a number up to 9007199254740991",
      "a time without unit",
      "  - pr.yaml:2:11: duration: got "90"; allowed: a duration such as 30s, 5m, 1m30s or 250ms",
      "a sexagesimal",
      "  - pr.yaml:2:11: duration: got "1:30"; allowed: a duration such as 30s, 5m, 1m30s or 250ms",
      "yes",
      "  - pr.yaml:2:60: thresholds.checks[0].abortOnFail: got "yes"; allowed: true or false",
      "a comment in a text",
      "  - pr.yaml:1:43: requests[0].checks.contains: got "Order" and a comment "#1"; allowed: a text with " #" in quotes, or a comment with a space after #",
      "braces in a flow",
      "  - pr.yaml:1:45: got "{TOKEN} } }]"; allowed: YAML (Unexpected flow-map-start at node end). Put a text in quotes that begins with one of { } [ ] & * ! | > % @ \` or has ": " or " #" in it; within { } and [ ] also one with , { } [ or ].",
      "a colon",
      "  - pr.yaml:1:14: got "PR: the small one"; allowed: YAML (Nested mappings are not allowed in compact mappings). Put a text in quotes that begins with one of { } [ ] & * ! | > % @ \` or has ": " or " #" in it; within { } and [ ] also one with , { } [ or ].",
      "a backtick",
      "  - pr.yaml:1:14: got "\`quick\`"; allowed: YAML (Plain value cannot start with reserved character \`). Put a text in quotes that begins with one of { } [ ] & * ! | > % @ \` or has ": " or " #" in it; within { } and [ ] also one with , { } [ or ].",
      "a tag",
      "  - pr.yaml:1:14: got "!env NAME"; allowed: no tag, or a text in quotes. An environment variable is written "\${NAME}".",
      "an alias of nothing",
      "  - pr.yaml:1:14: description: got "*there"; allowed: an alias of &there above it, or a text in quotes",
      "a merge",
      "  - pr.yaml:1:1: x: got "x"; allowed: name, description, target, environment, profile, load, rampUp, warmUp, duration, rampDown, think, requests, suite, journeys, thresholds, limits, regions, monitor, tolerances",
      "  - pr.yaml:3:5: requests[0]: got "<<"; allowed: keys written out: YAML 1.2 merges none",
      "  - pr.yaml:3:5: requests[0].path: got nothing; allowed: a path such as /cart, or a URL of the target's host",
      "no value",
      "  - pr.yaml:1:13: description: got nothing; allowed: a text",
      "  - pr.yaml:3:10: requests[0].path: got nothing; allowed: a path such as /cart, or a URL of the target's host",
      "a key of none",
      "  - pr.yaml:1:1: got neither requests nor suite; allowed: requests: [{ path: / }], or suite: with a file that exports journeys",
      "  - pr.yaml:1:3: got a key that is no text; allowed: texts as keys; one with { or [ in quotes",
      "a cut text",
      "  - pr.yaml:3:1: got the end of a line; allowed: YAML (Missing closing "quote). Put a text in quotes that begins with one of { } [ ] & * ! | > % @ \` or has ": " or " #" in it; within { } and [ ] also one with , { } [ or ].",
    ]
  `)
})

test('what is written plainly is taken as it is written', async () => {
  const text = `# a comment
description: 'PR: #1' # another
requests:
  - path: /
    headers: &common { X-On: on, X-No: no, X-Number: 1e3, X-Version: 1.10, X-Zip: 01234, X-True: true }
    checks: { contains: ["a # b", 404, 'a: b'] }
  - name: again
    method: POST
    path: /
    headers: *common
    body: { on: yes, when: 2026-01-01, price: 1e3, none: ~ }
thresholds:
  http_req_duration: [p(95)<500, avg<200] # unquoted
  http_req_failed: rate<0.01
`
  const { requests, thresholds, description } = await read(`\ufeff${text.replaceAll('\n', '\r\n')}`)
  expect(description).toBe('PR: #1')
  expect(requests?.[1]?.headers).toEqual({
    'X-On': 'on',
    'X-No': 'no',
    'X-Number': '1e3',
    'X-Version': '1.10',
    'X-Zip': '01234',
    'X-True': 'true',
  })
  expect(requests?.[0]?.checks?.contains).toEqual(['a # b', '404', 'a: b'])
  expect(requests?.[1]?.body).toEqual({ on: 'yes', when: '2026-01-01', price: 1000, none: null })
  expect(thresholds).toEqual({
    http_req_duration: ['p(95)<500', 'avg<200'],
    http_req_failed: ['rate<0.01'],
  })
})

test('aliases of aliases are bounded', async () => {
  const bomb = ['&a [x,x,x,x,x,x,x,x,x]']
  for (let level = 1; level < 8; level++) {
    const [name, before] = [level, level - 1].map((at) => String.fromCharCode(97 + at))
    bomb.push(`&${name} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]`)
  }
  const text = `requests: [{ path: /, method: POST, body: [${bomb.join(', ')}] }]\n`
  expect(await told(text)).toEqual([expect.stringContaining('got too much; allowed: 10000 values') as string])
  expect(await told('requests: [{ path: /, method: POST, body: &a [*a] }]\n')).toEqual([
    expect.stringContaining('40 levels deep') as string,
  ])
})

test('what is hostile is told, and soon', async () => {
  const many = Array.from({ length: 5000 }, (_, at) => `k${at}: 1\n`).join('')
  expect(await told(REQUESTS + many)).toHaveLength(100)
  expect(await told(`requests: ${'['.repeat(5000)}`)).toEqual([
    expect.stringContaining('got lists or objects in one another without end'),
  ])
  const body = 'requests: [{ path: /, method: POST, body: { __proto__: { x: 1 }, constructor: 1 } }]\n'
  const parsed = (await read(body)).requests?.[0]?.body as object
  expect([Object.keys(parsed), Object.getPrototypeOf(parsed)]).toEqual([
    ['__proto__', 'constructor'],
    Object.prototype,
  ])
  expect(await told(`\ufeff${REQUESTS}__proto__: 1\r\nconstructor: 1\r\n`)).toEqual([
    expect.stringMatching(/^ {2}- pr.yaml:2:1: __proto__: got "__proto__"; allowed: name/),
    expect.stringMatching(/^ {2}- pr.yaml:3:1: constructor: got "constructor"; allowed: name/),
  ])
})

test('a secret is the name of a variable, never written out', async () => {
  const request = (rest: string) => `requests: [{ path: /, method: POST, ${rest} }]\n`
  const TOKEN = 'eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0NTY3.SflKxwRJSMeKKF2QT4'
  const found: string[] = []
  for (const rest of [
    'headers: { Authorization: Basic x }',
    'headers: { X-Api-Key: abc }',
    `headers: { X-Other: ${TOKEN} }`,
    'body: { user: ann, password: hunter2 }',
    'form: { token: abc }',
    `body: "raw ${TOKEN}"`,
    'query: { access_token: abc }',
    'headers: { X: "${api_token}" }',
    'headers: { X: "${BASE_URL}" }',
  ])
    found.push(...(await told(request(rest))))
  found.push(...(await told('requests: [{ path: "/a?token=abc" }]')))
  expect(found.join('\n')).not.toMatch(/hunter2|eyJ/)
  expect(found).toMatchInlineSnapshot(`
    [
      "  - pr.yaml:1:63: requests[0].headers.Authorization: got what looks like a secret; allowed: no secret in a file. Write the name of an environment variable in its place, such as "\${API_TOKEN}"; $\${ is a plain \${.",
      "  - pr.yaml:1:59: requests[0].headers.X-Api-Key: got what looks like a secret; allowed: no secret in a file. Write the name of an environment variable in its place, such as "\${API_TOKEN}"; $\${ is a plain \${.",
      "  - pr.yaml:1:57: requests[0].headers.X-Other: got a signed token (JWT); allowed: no secret in a file. Write the name of an environment variable in its place, such as "\${API_TOKEN}"; $\${ is a plain \${.",
      "  - pr.yaml:1:66: requests[0].body.password: got what looks like a secret; allowed: no secret in a file. Write the name of an environment variable in its place, such as "\${API_TOKEN}"; $\${ is a plain \${.",
      "  - pr.yaml:1:52: requests[0].form.token: got what looks like a secret; allowed: no secret in a file. Write the name of an environment variable in its place, such as "\${API_TOKEN}"; $\${ is a plain \${.",
      "  - pr.yaml:1:43: requests[0].body: got a signed token (JWT); allowed: no secret in a file. Write the name of an environment variable in its place, such as "\${API_TOKEN}"; $\${ is a plain \${.",
      "  - pr.yaml:1:60: requests[0].query.access_token: got what looks like a secret; allowed: no secret in a file. Write the name of an environment variable in its place, such as "\${API_TOKEN}"; $\${ is a plain \${.",
      "  - pr.yaml:1:51: requests[0].headers.X: got "\${api_token}"; allowed: a variable such as \${API_TOKEN}: capitals, digits and underscore. $\${ is a plain \${.",
      "  - pr.yaml:1:51: requests[0].headers.X: got "\${BASE_URL}"; allowed: a variable of your own, not one of loadwright or k6",
      "  - pr.yaml:1:20: requests[0].path: got what looks like a secret under "token"; allowed: no secret in a file. Write the name of an environment variable in its place, such as "\${API_TOKEN}"; $\${ is a plain \${.",
    ]
  `)
  expect(await told(request('headers: { Authorization: "Bearer ${API_TOKEN}", X: "$${plain}" }'))).toEqual([])
})

test.each([
  ['{"user":"ann","password":"hunter2"}', 'password'],
  ['{"a":"{\\"api_key\\":\\"hunter2\\"}"}', 'api_key'],
  ['<login><user>ann</user><password>hunter2</password></login>', 'password'],
  ['<login password="hunter2"/>', 'password'],
  ['user=ann&password=hunter2', 'password'],
  ['user: ann\npassword: hunter2\n', 'password'],
  ['{"text":"user: ann\\npassword: hunter2"}', 'password'],
  ['mutation { login(user: "ann", password: "hunter2") { id } }', 'password'],
])('a secret within the text %s is found, and not where a variable is in its place', async (body, name) => {
  const preset = (text: string) =>
    `requests:\n  - path: /\n    method: POST\n    body: ${JSON.stringify(text)}\n    query: { x-text: ${JSON.stringify(text)} }\n`
  const problem = `got what looks like a secret under "${name}"; allowed: no secret in a file.`
  expect(await told(preset(body))).toEqual([
    expect.stringContaining(`pr.yaml:4:11: requests[0].body: ${problem}`),
    expect.stringContaining(`pr.yaml:5:22: requests[0].query.x-text: ${problem}`),
  ])
  expect(await told(preset(body.replace('hunter2', '${PASSWORD}')))).toEqual([])
})

test('what the profile replay replays is a pattern of the load, and without one it is refused', async () => {
  const pattern = '[{ times: 0.5, share: 0.8 }, { times: 3, share: 0.2 }]'
  const { profile, load } = await read(`profile: replay\nload: { rate: 6, pattern: ${pattern} }\n${REQUESTS}`)
  expect([profile, load]).toEqual([
    'replay',
    {
      rate: 6,
      pattern: [
        { times: 0.5, share: 0.8 },
        { times: 3, share: 0.2 },
      ],
    },
  ])
  const wrong = [
    'profile: replay\n',
    `load: { vus: 1, pattern: ${pattern} }\n`,
    'load: { rate: 1, pattern: [{ times: 1, share: 0.5 }] }\n',
  ]
  const found = await Promise.all(wrong.map((one) => told(one + REQUESTS)))
  expect(found.map((one) => one.join())).toMatchInlineSnapshot(`
    [
      "  - pr.yaml:1:10: profile: got replay without a pattern; allowed: replay with a load such as { rate: 6, pattern: [{ times: 0.7, share: 0.9 }, { times: 3.7, share: 0.1 }] }",
      "  - pr.yaml:1:26: load.pattern: got pattern and vus; allowed: a pattern with rate: it says when iterations start",
      "  - pr.yaml:1:27: load.pattern: got shares that are 0.5 together; allowed: shares that are 1 together",
    ]
  `)
})
