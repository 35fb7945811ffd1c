import { expect, test } from 'vitest'
import { readDevLog } from './log.ts'
import { locate, locateRequest, sourcesOf } from './locate.ts'
import { counted, printStory } from './print.ts'
import { redact } from '../../../config/redact.ts'
import { shownBody, shownExcerpt, failureMessage, shownHeader } from './redact.ts'
import { storyOf } from './story.ts'

// eslint-disable-next-line no-control-regex -- the colours' own escape sequences
const plain = (lines: readonly string[]): string => lines.join('\n').replace(/\u001b\[\d+m/g, '')

const OPEN = { journey: 'visit', step: 'open home', group: '::open home' }
const REQUEST = { ...OPEN, name: 'home', method: 'GET', status: '200', expected_response: 'true' }
const point = (metric: string, at: string, value: number, tags: object): string =>
  JSON.stringify({ metric, type: 'Point', data: { time: `2026-11-21T10:00:00.${at}Z`, value, tags } })
const POINTS = [
  point('http_req_duration', '02', 12.4, REQUEST),
  point('checks', '021', 0, { ...OPEN, check: 'home is up' }),
  point('checks', '022', 1, { ...OPEN, check: 'within a second' }),
  point('group_duration', '03', 20, OPEN),
  point('journey_duration', '04', 21, { journey: 'visit', group: '' }),
  point('journey_failed', '04', 0, { journey: 'visit', group: '' }),
  point('journeys_started', '01', 1, { journey: 'visit', group: '' }),
].join('\n')
const entry = (more: object) => JSON.stringify({ level: 'info', ...more })
const dump = (msg: string) =>
  entry({ source: 'http-debug', request_id: '1', name: 'home', group: '::open home', journey: 'visit', msg })
const LOG = [
  dump('Request:\nGET /?token=abc HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer s3cret\r\n\r\n\n'),
  dump(
    'Response:\nHTTP/1.1 200 OK\r\nSet-Cookie: s=s3cret\r\nContent-Type: application/json\r\n\r\n{"access_token":"s3cret","a":1}\n',
  ),
  entry({
    source: 'console',
    level: 'warning',
    msg: JSON.stringify({
      loadwright: 'failure',
      journey: 'visit',
      step: 'open home',
      kind: 'check',
      what: 'home is up',
      expected: 'status 418',
      got: 'status 200',
    }),
  }),
  entry({ source: 'console', msg: 'hello' }),
  entry({ level: 'error', msg: 'test run was marked as failed' }),
].join('\n')
const SUITE = `import x from 'y'
step('open home', () => {
\tcheck(home, { 'home is up': status(418) })
})`

test('a pass is told as a test runner tells it, with the line of the source', () => {
  const log = readDevLog(LOG)
  const story = storyOf(POINTS, log)
  const sources = [{ file: 'suites/first.ts', text: SUITE }]
  expect(plain(printStory(story, { sources, http: false }))).toMatchInlineSnapshot(`
    "✗ visit 21 ms
      ✗ open home 20 ms
        → GET home 200 12 ms
        ✗ home is up
            expected status 418
            got      status 200
            body     of GET home: {"access_token":***,"a":1}
            line     suites/first.ts:3:16
              3 │  check(home, { 'home is up': status(418) })
                                 ^
        ✓ within a second
    "
  `)
  expect(plain([counted(story)])).toBe('1 journey, 1 failed · 1 request · 2 checks, 1 failed')
  expect(log.lines).toEqual([{ level: 'info', text: 'hello' }])
})

test('heads and bodies are shown without secrets', () => {
  const shown = plain(printStory(storyOf(POINTS, readDevLog(LOG)), { sources: [], http: true }))
  expect(shown).toContain('> GET /?token=*** HTTP/1.1')
  expect(shown).toContain('> Authorization: ***')
  expect(shown).toContain('< Set-Cookie: ***')
  expect(shown).toContain('< {"access_token":***,"a":1}')
  expect(shown).not.toContain('s3cret')
})

test('a request without an answer, an error, a plain script', () => {
  const gone = { ...REQUEST, status: '0', expected_response: 'false', error: 'connection refused' }
  const failed = { loadwright: 'failure', kind: 'error', what: 'Error: no', journey: 'visit' }
  const log = readDevLog(entry({ source: 'console', msg: JSON.stringify(failed) }))
  const story = storyOf([point('http_req_duration', '01', 0, gone)].join('\n'), log)
  expect(plain(printStory(story, { sources: [], http: true }))).toBe(
    [
      '✗ visit not completed',
      '  ✗ open home not completed',
      '    ✗ GET home no answer 0 ms',
      '        got      connection refused',
      '  ✗ Error: no',
      '',
    ].join('\n'),
  )
  const script = storyOf(point('checks', '01', 1, { check: 'up', group: '' }), readDevLog(''))
  expect(plain(printStory(script, { sources: [], http: false }))).toBe('✓ up\n')
})

test('a name is found as a text or a key, after its step', () => {
  const text = `step('a', () => check(r, { up: status(200) }))\nstep("b", () => check(r, { up: status(201), "it's": x, lift: up }))`
  const sources = [{ file: 's.ts', text }]
  expect(locate(sources, 'up', 'a')).toMatchObject({ file: 's.ts', line: 1, column: 28 })
  expect(locate(sources, 'up', 'b')).toMatchObject({ line: 2, column: 28 })
  expect(locate(sources, "it's")).toMatchObject({ line: 2 })
  expect(locate(sources, 'nowhere')).toBeUndefined()
  expect(
    sourcesOf(
      JSON.stringify({ sources: ['a', 'b', 'c'], sourcesContent: ['1', '2', null], ignoreList: [1] }),
    ),
  ).toEqual([{ file: 'a', text: '1' }])
})

test('secrets are hidden wherever their names say so', () => {
  expect(redact('{"apiKey": "a", "n": 1, "password":"x\\"y"}')).toBe(
    '{"apiKey": ***, "n": 1, "password":***}',
  )
  expect(redact('email=a&credit_card_number=4432&x=1')).toBe('email=a&credit_card_number=***&x=1')
  expect(redact('<input name="csrf_token" value="abc">')).toBe('<input name="csrf_token" value=***>')
  expect(redact('got Bearer ab.cd')).toBe('got Bearer ***')
  expect(['X-Api-Key', 'cookie', 'X-Auth', 'Accept'].map((name) => shownHeader(name, 'v'))).toEqual([
    ...['***', '***', '***', 'v'],
  ])
})

test('bodies are put together from chunks, and read as a person would', () => {
  const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhé!!\r\n2\r\nok\r\n0\r\n\r\n'
  expect(shownBody(failureMessage(chunked))).toBe('hé!!ok')
  const html = '<!DOCTYPE html><script>x()</script><h1>Hot   Products</h1>'
  const message = failureMessage(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n${html}`)
  expect(shownExcerpt(message, 100)).toBe('Hot Products')
  expect(shownExcerpt(message, 3)).toBe('Hot…')
  expect(shownBody(failureMessage('HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\u0000'))).toBe(
    '[image/png]',
  )
})

test('a request is found where it is called, not where a step has its name', () => {
  const text = [
    `step('A', () => {`,
    `  const headers = { name: 'x' }`,
    `  check(api.get('/a', { headers, name: 'A' }), { A: status(200) })`,
    `})`,
    `step('B', () => {`,
    `  api.post(`,
    `    '/b',`,
    `    { name: 'A', json: { list: [1, (2)] } },`,
    `  )`,
    `  api.batch([`,
    `    { method: 'GET', path: '/c', name: 'C' },`,
    `  ])`,
    `})`,
  ].join('\n')
  const at = (name: string, step?: string): string => {
    const { line, column } = locateRequest([{ file: 'a.ts', text }], name, step)!
    return `${line}:${column}`
  }
  expect([at('A', 'A'), at('A', 'B'), at('C', 'B'), at('A')]).toEqual(['3:9', '6:3', '11:34', '3:9'])
})

test('what a step threw stands in that step, with the author’s line, and neither it nor its journey went well', () => {
  const ids = { journey: 'visit', step: 'open home' }
  const failure = {
    loadwright: 'failure',
    ...ids,
    kind: 'error',
    what: 'TypeError: boo',
    request: 'home',
    stack: '1:9',
  }
  const log = readDevLog(entry({ source: 'console', level: 'warning', msg: JSON.stringify(failure) }))
  const points = POINTS.split('\n').filter((line) => !line.includes('"checks"'))
  const sources = [{ file: 'suites/first.ts', text: SUITE }]
  const story = storyOf(points.join('\n'), log)
  const at = () => ({ file: 'suites/first.ts', line: 3, column: 2 })
  const told = plain(printStory(story, { sources, at, http: false }))
  expect(told).toContain(`✗ visit 21 ms
  ✗ open home 20 ms
    → GET home 200 12 ms
    ✗ TypeError: boo
        after    request home
        line     suites/first.ts:3:2`)
})

test('documents of a page in a browser are told as requests, and its console as what was written', () => {
  const page = {
    loadwright: 'page',
    journey: 'visit',
    step: 'open home',
    url: 'http://a/',
    console: ['TypeError: x'],
  }
  const told = entry({ source: 'console', msg: JSON.stringify({ ...page, vu: 1, iteration: 0, at: 1 }) })
  const log = readDevLog(told)
  expect(log.lines).toEqual([{ level: 'error', text: 'http://a/: TypeError: x' }])
  const tags = { ...OPEN, name: 'home', method: 'GET', status: '500' }
  const asked = (type: string) =>
    point('browser_http_req_duration', '01', 5, { ...tags, resource_type: type })
  const story = storyOf([asked('Document'), asked('Image')].join('\n'), log)
  expect(plain(printStory(story, { sources: [], http: false }))).toContain('✗ GET home 500 5 ms')
  expect(counted(story)).toContain('1 request, 1 failed')
})

test('a document belongs to the step in which it was answered, and not to the one in which k6 tells it', () => {
  const next = { journey: 'visit', step: 'add to cart', group: '::add to cart' }
  const document = { ...next, name: 'product', method: 'GET', status: '200', resource_type: 'Document' }
  const story = storyOf(
    [
      point('browser_http_req_duration', '15', 5, document),
      point('group_duration', '2', 100, OPEN),
      point('group_duration', '3', 90, next),
    ].join('\n'),
    readDevLog(''),
  )
  expect(story[0]?.lines).toMatchObject([
    { name: 'open home', lines: [{ name: 'product' }] },
    { name: 'add to cart', lines: [] },
  ])
})

test('what a script threw outside of a journey is no line of its console', () => {
  const text = 'TypeError: boo\n\tat default (file:///a/b.js:3:5(2))\n'
  const log = readDevLog(
    entry({ source: 'stacktrace', level: 'error', msg: text, executor: 'shared-iterations' }),
  )
  expect(log.lines).toEqual([])
  expect(log.thrown).toMatchObject([
    { message: 'TypeError: boo', frames: [{ file: 'file:///a/b.js', line: 3 }] },
  ])
})

test('that a socket asked first whether anybody is there is not told; an own request of that name is', () => {
  const asked = { ...OPEN, name: 'preflight', method: 'GET', status: '426' }
  const told = (tags: object): string =>
    counted(storyOf([POINTS, point('http_req_duration', '025', 1, tags)].join('\n'), readDevLog(LOG)))
  expect(told(asked)).toContain('1 request ')
  expect(told({ ...asked, expected_response: 'true' })).toContain('2 requests ')
})
