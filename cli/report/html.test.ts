import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { assets } from './assets.ts'
import { hostileReport } from '../../test/doubles/hostileReport.ts'
import { fakeReport } from '../../test/doubles/reportData.ts'
import { embedded, htmlReport } from './html.ts'

const html = await htmlReport(fakeReport())
const { record } = fakeReport()
const textOf = (page: string): string =>
  page
    .replace(/<(style|script)\b[^]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, '\n')
    .replace(/\n+/g, '\n')

test('what must be seen first comes first', () => {
  const headings = [...html.matchAll(/<h2[^>]*>([^<]+)/g)].map(([, words]) => words)
  expect(headings.join(' · ')).toBe(
    'What explains it · Notes · Failures by cause · Funnel of each journey · Thresholds · Over time · How long steps took · Steps by phase · Checks · About this run',
  )
  expect(textOf(html.slice(html.indexOf('<main')))).toMatch(/^\s*✗\s*fail\s*boutique/)
  expect(html.indexOf('was crossed')).toBeLessThan(html.indexOf('<h2'))
})

test('it reads without JavaScript: the figures are in the page', () => {
  const text = textOf(html)
  for (const figure of ['348×', '912 ms', '112 ms over (14 %)', '3,252', '−348', 'OLJCESPC7Z', '6c37b9d0c2'])
    expect(text).toContain(figure)
})

test('it fetches nothing, and its policy lets it', async () => {
  expect(html.match(/\bsrc\s*=/g)).toBeNull()
  expect(
    [...html.matchAll(/<a [^>]*href="([^"]+)"/g)]
      .map(([, to = '']) => to)
      .filter((to) => !to.startsWith('#')),
  ).toEqual(['https://ci.example.com/jobs/77'])
  expect([...html.matchAll(/<link [^>]+>/g)].map(String)).toEqual(['<link rel="icon" href="data:,">'])
  const { script, style } = await assets()
  const hash = (text: string): string =>
    `&#39;sha256-${createHash('sha256').update(text).digest('base64')}&#39;`
  expect(/content="([^"]+)"/.exec(html)?.[1]).toBe(
    `default-src &#39;none&#39;; script-src ${hash(script)}; style-src ${hash(style)}; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;`,
  )
  expect(html).not.toContain('style=')
  expect(await htmlReport(fakeReport(), { live: true })).toContain('connect-src &#39;self&#39;')
})

test('the script is small, and can stand in a page', async () => {
  const { script, style } = await assets()
  expect(script.length).toBeLessThan(120 * 1024)
  expect(script).not.toMatch(/<\/script|<!--/i)
  expect(style).not.toMatch(/<\/style|url\(|@import/i)
})

test('JSON in a page cannot end its element', () => {
  const evil = { a: '</script><!-- \u2028\u2029 & <script>' }
  expect(embedded(evil)).not.toMatch(/[<>&\u2028\u2029]/)
  expect(JSON.parse(embedded(evil))).toEqual(evil)
})

test('hostile texts stay texts, and a body of 1 MB does not make the page long', async () => {
  const page = await htmlReport(hostileReport())
  expect(page.match(/<script\b/g)).toHaveLength(2)
  expect(page.match(/<\/script>/g)).toHaveLength(2)
  expect(page).not.toMatch(/<img|<!--/)
  const texts = page.replace(/<script>[^]*?<\/script>/g, '')
  // eslint-disable-next-line no-control-regex -- these are what must not be there
  expect(texts).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202a-\u202e]/)
  expect(page.length).toBeLessThan(html.length + 400_000)
})

test('a run that has not ended says so, and has no verdict', async () => {
  const page = await htmlReport({ record: { ...record, state: 'running', verdict: 'invalid' } })
  expect(textOf(page)).toContain('This run is still running, or was killed')
  expect(page).toContain('<title>NOT ENDED')
})

test('what a cloud run does not have is said, and breaks nothing', async () => {
  const page = await htmlReport({ record: { ...record, journeys: [], thresholds: [], checks: [] } })
  for (const words of ['was not recorded', 'has no journeys', 'has no thresholds', 'has no checks'])
    expect(textOf(page)).toContain(words)
})

test('several instances are told one by one, and which was lost', async () => {
  const [only] = record.instances
  const instances = [
    { ...only!, id: '1', segment: '0:1/2', exit: 0 },
    { k6: only!.k6, id: '2', segment: '1/2:1', lost: 'was killed (SIGKILL) <b>' },
  ]
  const text = textOf(await htmlReport({ ...fakeReport(), record: { ...record, instances } }))
  expect(text).toContain(`k6, instance 1\n${only!.k6.version}, segment 0:1/2, exit code 0\n`)
  expect(text).toContain(
    `k6, instance 2\n${only!.k6.version}, segment 1/2:1, was killed (SIGKILL) &lt;b&gt;\n`,
  )
})
