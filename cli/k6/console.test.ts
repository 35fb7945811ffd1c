import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readConsole, unquote, logReader } from './console.ts'

/** Any code points; a script's lone surrogates reach the file as U+FFFD. */
const anyText = fc
  .array(fc.nat({ max: 0x10ffff }).filter((code) => code < 0xd800 || code > 0xdfff))
  .map((codes) => String.fromCodePoint(...codes))

/** As k6 2.2.0 wrote it. */
const FILE = String.raw`time="2026-11-21T21:24:39Z" level=info msg=plain source=console
time="2026-11-21T21:24:39Z" level=info msg="two words" source=console
time="2026-11-21T21:24:39Z" level=info msg="q\"uo\\te" source=console
time="2026-11-21T21:24:39Z" level=warning msg="tab\tnl\nbell\aesc\x1b[31m del\x7f nb\u00a0 zw\u200b 😀 u2028\u2028 x\U0010ffff" source=console
time="2026-11-21T21:24:39Z" level=error source=console
time="2026-11-21T21:24:39Z" level=info msg="a=b" source=console
time="2026-11-21T21:24:39Z" level=debug msg=dbg source=console
time="2026-11-21T21:24:39Z" level=info msg="[x]/@^+._-" source=console
time="2026-11-21T21:24:39Z" level=warning msg="{\"loadwright\":\"failure\",\"journey\":\"browse\",\"kind\":\"check\",\"what\":\"a \\\"b\\\" \\\\ é\",\"vu\":1,\"count\":4}" source=console
time="2026-11-21T21:24:39Z" level=warning msg="{\"loadwright\":\"rows\",\"pool\":\"p\",\"bad\":[\"X\"],\"of\":9,\"statuses\":\"404\",\"action\":\"abort\"}" source=console
time="2026-11-21T21:24:39Z" level=warning msg="{\"loadwright\":\"target\",\"target\":\"http://127.0.0.1:1\",\"error\":\"refused\"}" source=console
time="2026-11-21T21:24:39Z" level=warning msg="{\"loadwright\":\"clock\",\"ms\":-2500}" source=console
`

test('what k6 writes is taken apart: events by name, the author’s own lines as they were logged', () => {
  const { failures, rows, targets, clocks, own } = readConsole(FILE)
  expect(failures).toEqual([
    { journey: 'browse', kind: 'check', what: String.raw`a "b" \ é`, vu: 1, count: 4 },
  ])
  expect(rows).toMatchObject([{ pool: 'p', bad: ['X'], of: 9, statuses: '404', action: 'abort' }])
  expect(targets).toMatchObject([{ target: 'http://127.0.0.1:1', error: 'refused' }])
  expect(clocks).toEqual([{ ms: -2500 }])
  expect(own).toEqual([
    { level: 'info', text: 'plain' },
    { level: 'info', text: 'two words' },
    { level: 'info', text: String.raw`q"uo\te` },
    {
      level: 'warning',
      text: 'tab\tnl\nbell\u0007esc\u001b[31m del\u007f nb\u00a0 zw\u200b 😀 u2028\u2028 x\u{10ffff}',
    },
    { level: 'error', text: '' },
    { level: 'info', text: 'a=b' },
    { level: 'debug', text: 'dbg' },
    { level: 'info', text: '[x]/@^+._-' },
  ])
})

test('wherever a kill cuts the file, whole lines are read and the half line is left out', () => {
  const whole = readConsole(FILE).own
  fc.assert(
    fc.property(fc.nat({ max: FILE.length }), (length) => {
      const { own } = readConsole(FILE.slice(0, length))
      // A cut inside a bare word leaves a shorter word: nothing can tell.
      const last = own.at(-1)
      if (last && !whole.some(({ text }) => text === last.text)) expect('plain dbg').toContain(last.text)
      expect(own.slice(0, -1)).toEqual(whole.slice(0, Math.max(0, own.length - 1)))
    }),
    { numRuns: 300 },
  )
})

test.each([
  '{"loadwright":"rows"}',
  '{"loadwright":"rows","pool":"p","bad":"all","of":1,"statuses":""}',
  '{"loadwright":"failure","kind":"check"}',
  '{"loadwright":"failure","kind":"check","what":"x","vu":1,"count":1,"row":{}}',
  '{"loadwright":"target"}',
  '{"loadwright":"clock","ms":"1"}',
  '{"loadwright":"nonsense"}',
  '{"loadwright":',
])('a script that logs %s has logged a line of its own', (text) => {
  const { own, failures, rows, targets } = readConsole(
    `time="" level=info msg=${JSON.stringify(text)} source=console`,
  )
  expect({ own, others: [...failures, ...rows, ...targets] }).toEqual({
    own: [{ level: 'info', text }],
    others: [],
  })
})

const line = (event: object) =>
  `time="" level=info msg=${JSON.stringify(JSON.stringify(event))} source=console`

test('what a script writes as an event is bounded, and taken for no more than it is', () => {
  const long = 'x'.repeat(100_000)
  const evil = { loadwright: 'failure', kind: 'check', what: long, row: long, excerpt: long, vu: 1, count: 1 }
  const odd = { at: 1e300, iteration: -1, status: '500', trace_id: '<script>', origin: 'me', __proto__x: 1 }
  const rows = { loadwright: 'rows', pool: long, bad: [long], of: 1, statuses: long, action: 'abort' }
  const { failures, ...others } = readConsole([line({ ...evil, ...odd }), line(rows)].join('\n'))
  expect(Object.keys(failures[0] ?? {}).toSorted()).toEqual([
    ...['count', 'excerpt', 'kind', 'row', 'vu', 'what'],
  ])
  expect(JSON.stringify({ failures, others }).length).toBeLessThan(3000)
  expect(readConsole(line({ ...evil, count: -1 })).own).toHaveLength(1)
  expect(readConsole(line({ ...evil, vu: 1.5 })).own).toHaveLength(1)
})

test('a failure keeps the code that its door gives it', () => {
  const call = { loadwright: 'failure', kind: 'request', what: 'GetProduct', status: 200, vu: 1, count: 1 }
  expect(readConsole(line({ ...call, code: 'UNAVAILABLE' })).failures).toMatchObject([
    { code: 'UNAVAILABLE' },
  ])
})

test('spans are neither failures nor lines of the script’s own', () => {
  const { own, failures } = readConsole(line({ loadwright: 'span', trace_id: 'a' }))
  expect([...own, ...failures]).toEqual([])
})

test('no file is too strange, and a very long line costs no stack', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { own, failures } = readConsole(text)
      expect([...own, ...failures]).toEqual([])
    }),
  )
  const long = `${'a'.repeat(3_000_000)}\\n${'\\"'.repeat(200_000)}`
  expect(readConsole(`time="" level=info msg="${long}" source=console`).own[0]?.text).toHaveLength(3_200_001)
})

/** Go's strconv.Quote without the quotes, for what it does not print as it is. */
function quoteLikeGo(text: string): string {
  const named: Record<string, string> = {
    '\u0007': 'a',
    '\b': 'b',
    '\f': 'f',
    '\n': 'n',
    '\r': 'r',
    '\t': 't',
    '\v': 'v',
  }
  return Array.from(text, (letter) => {
    const code = letter.codePointAt(0) ?? 0
    const hex = (digits: number) => code.toString(16).padStart(digits, '0')
    if (letter === '"' || letter === '\\') return `\\${letter}`
    if (named[letter] !== undefined) return `\\${named[letter]}`
    if (code < 0x20 || code === 0x7f) return `\\x${hex(2)}`
    if (/\p{L}|\p{M}|\p{N}|\p{P}|\p{S}| /u.test(letter)) return letter
    return code < 0x10000 ? `\\u${hex(4)}` : `\\U${hex(8)}`
  }).join('')
}

test('unquoting is the inverse of Go’s quoting', () => {
  const parts = fc.array(fc.oneof(anyText, fc.constantFrom('\\', '"', 'x1b', 'u0041', 'U')))
  const text = parts.map((all) => all.join(''))
  fc.assert(
    fc.property(text, (text) => {
      expect(unquote(quoteLikeGo(text))).toBe(text)
    }),
    { examples: [['\u{10ffff}'], ['\u{e0001}0041'], ['\\x41'], ['\\\\u0041']] },
  )
})

test('what k6 says is kept without secrets', () => {
  const { line, content } = logReader()
  line(
    `time="2026-11-29T13:00:00Z" level=warning msg="Request Failed" error="Get \\"https://jane:hunter2@shop.example/?token=abc123\\": EOF"`,
  )
  expect(content.said.map(({ text }) => text).join()).toMatch(/Request Failed/)
  expect(content.said.map(({ text }) => text).join()).not.toMatch(/hunter2|abc123/)
})

test('what outputs say is told apart from what the recorder hears', () => {
  const influx = `time="x" level=error msg="Couldn't write stats" error="no such token" output=InfluxDBv1`
  const content = readConsole(
    [
      influx,
      influx,
      'time="x" level=error msg="can\'t shutdown OpenTelemetry metric provider" error="401"',
      'time="x" level=warning msg="slow" output="Prometheus remote write"',
    ].join('\n'),
  )
  expect(content.said).toMatchObject([
    { text: "Couldn't write stats: no such token", count: 2, output: true },
    { text: "can't shutdown OpenTelemetry metric provider: 401", output: true },
    { text: 'slow' },
  ])
  expect(content.said.at(-1)).not.toHaveProperty('output')
})

test('what a page looked like is bounded, and a picture is a file’s name alone', () => {
  const event = { loadwright: 'page', journey: 'buy', step: 's', url: 'http://x', vu: 1, iteration: 0, at: 1 }
  const read = (more: object) => {
    const text = JSON.stringify({ ...event, ...more })
    const line = `time="t" level=warning msg=${JSON.stringify(text)} source=console`
    return readConsole(line).pages[0]
  }
  const lines = Array.from({ length: 30 }, (_, at) => `${at} ${'x'.repeat(500)}`)
  const page = read({ picture: 'buy-s-1.png', console: [...lines, 5] })
  expect(page).toMatchObject({ journey: 'buy', picture: 'buy-s-1.png' })
  expect(page?.console).toHaveLength(20)
  expect(page?.console[0]).toMatch(/^10 x{250,300}/)
  for (const picture of ['../run.json', 'a/b.png', 'x.svg', 7])
    expect(read({ picture })).not.toHaveProperty('picture')
  expect(read({ vu: '1' })).toBeUndefined()
})
