import axe from 'axe-core'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { debianProgram } from '../../test/engine/debian.ts'
import { folder, listen } from '../../test/engine/harness.ts'
import type { ReportData } from './data.ts'
import { hostileReport, HOSTILE } from '../../test/doubles/hostileReport.ts'
import { fakeReport } from '../../test/doubles/reportData.ts'
import { htmlReport, type PageOptions } from './html.ts'
import { junitReport } from './junit.ts'

const place = folder()
let browser: Browser
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: debianProgram('chromium'),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
})
afterAll(() => browser.close())

interface Seen {
  page: Page
  /** What was wrong: console errors, exceptions, violations of the page's policy, requests to anywhere. */
  wrong: string[]
}

async function show(url: string, width = 1440, colorScheme: 'light' | 'dark' = 'light'): Promise<Seen> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
  const wrong: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') wrong.push(message.text())
  })
  page.on('pageerror', (error) => wrong.push(String(error)))
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) wrong.push(`asked for ${request.url()}`)
  })
  await page.goto(url)
  await page.evaluate('document.fonts.ready')
  return { page, wrong }
}

let pages = 0
async function open(
  data: ReportData,
  width?: number,
  scheme?: 'light' | 'dark',
  how?: PageOptions,
): Promise<Seen> {
  const file = join(place, `report-${pages++}.html`)
  writeFileSync(file, await htmlReport(data, how))
  return show(pathToFileURL(file).href, width, scheme)
}

/** How many pixels of a canvas are not transparent, and how many colours they have. */
const DRAWN = `[...document.querySelectorAll('canvas')].map((canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  const colours = new Set()
  let drawn = 0
  for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 0) { drawn++; colours.add(data[at] << 16 | data[at + 1] << 8 | data[at + 2]) }
  return { drawn, colours: colours.size }
})`

const sizes = [1440, 390].flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, scheme })),
)

test.each(sizes)('at $width px, $scheme: drawn, quiet, accessible', async ({ width, scheme }) => {
  const data = fakeReport()
  const { page, wrong } = await open(data, width, scheme)
  const screenshot = await page.screenshot({ fullPage: true })
  expect(screenshot.length).toBeGreaterThan(50_000)
  const drawn = await page.evaluate<{ drawn: number; colours: number }[]>(DRAWN)
  // Seven charts have data, and each of the eight steps a heatmap.
  expect(drawn).toHaveLength(7 + (data.timeline?.steps.length ?? 0))
  for (const canvas of drawn) expect(canvas).toMatchObject({ drawn: expect.any(Number) as number })
  expect(Math.min(...drawn.map((canvas) => canvas.drawn))).toBeGreaterThan(1000)
  expect(Math.min(...drawn.map(({ colours }) => colours))).toBeGreaterThan(2)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
  // A policy without `unsafe-eval` refuses what injects: axe comes in by the debugger's door.
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<{
    violations: { id: string; impact: string; nodes: { html: string }[] }[]
  }>('axe.run(document, { resultTypes: ["violations"] })')
  const bad = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact))
  expect(bad.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([])
  expect(wrong).toEqual([])
  await page.close()
})

test('the keyboard reaches every control, and works the charts', async () => {
  const { page, wrong } = await open(fakeReport())
  const controls = await page.evaluate<number>(
    `[...document.querySelectorAll('a[href], button, summary, [tabindex="0"]')].filter((one) => one.checkVisibility()).length`,
  )
  const reached = new Set<number>()
  for (let tabs = 0; tabs < controls + 5; tabs++) {
    await page.keyboard.press('Tab')
    reached.add(
      await page.evaluate<number>(`[...document.querySelectorAll('*')].indexOf(document.activeElement)`),
    )
  }
  const outside = await page.evaluate<number>(`[...document.querySelectorAll('*')].indexOf(document.body)`)
  reached.delete(outside)
  expect(controls).toBeGreaterThan(40)
  expect(reached.size).toBeGreaterThanOrEqual(controls)

  const plot = page.locator('[data-chart=rate] .plot')
  await plot.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => page.locator('#reading').textContent()).toMatch(/^at 00:15, requests [\d.]+\/s/)
  const ticks = (): Promise<unknown> =>
    page.evaluate(`document.querySelector('[data-chart=time] canvas').toDataURL()`)
  const whole = await ticks()
  await page.keyboard.press('+')
  await expect.poll(ticks).not.toBe(whole)
  await page.keyboard.press('Escape')
  await expect.poll(ticks).toBe(whole)
  const line = page.locator('[data-chart=rate] .legend button').first()
  await line.press('Enter')
  expect(await line.getAttribute('aria-pressed')).toBe('false')
  expect(wrong).toEqual([])
  await page.close()
})

test('a drag zooms every chart, a double click shows all again', async () => {
  const { page, wrong } = await open(fakeReport())
  const picture = (): Promise<unknown> =>
    page.evaluate(`document.querySelector('[data-chart=errors] canvas').toDataURL()`)
  const whole = await picture()
  const over = page.locator('[data-chart=rate] .u-over')
  await over.scrollIntoViewIfNeeded()
  const box = await over.boundingBox()
  if (!box) throw new Error('no chart')
  await page.mouse.move(box.x + 50, box.y + 50)
  await page.mouse.down()
  await page.mouse.move(box.x + 200, box.y + 60, { steps: 5 })
  await page.mouse.up()
  await expect.poll(picture).not.toBe(whole)
  await page.mouse.dblclick(box.x + 100, box.y + 50)
  await expect.poll(picture).toBe(whole)
  expect(wrong).toEqual([])
  await page.close()
})

test('hostile texts are shown as text, and nothing of them is executed', async () => {
  for (const live of [false, true]) {
    const data = hostileReport()
    const { page, wrong } = live ? await followed(data) : await open(data, 390)
    await expect
      .poll(() => page.locator('main').innerText())
      .toContain('<script>globalThis.hacked = 1</script>')
    const shown = await page.locator('h1').innerText()
    expect(shown).toContain(HOSTILE.slice(0, 60))
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined()
    expect(
      await page.evaluate(`document.querySelectorAll('main script, main img, main iframe').length`),
    ).toBe(0)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(live ? 1440 : 390)
    expect(wrong).toEqual([])
    await page.close()
  }
})

/** A live page whose server sends these data, one message each, and then no more. */
async function followed(...messages: ReportData[]): Promise<Seen> {
  const [first] = messages
  if (!first) throw new Error('no message')
  const { timeline: _, ...empty } = first
  const html = await htmlReport({ record: { ...empty.record, state: 'running' } }, { live: true })
  const server = createServer((request, response) => {
    if (request.url !== '/events') return void response.setHeader('content-type', 'text/html').end(html)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const message of messages) response.write(`data: ${JSON.stringify(message)}\n\n`)
  })
  const seen = await show(`${await listen(server)}/`)
  return { ...seen, wrong: seen.wrong.filter((one) => !one.endsWith('/events')) }
}

test('live: charts and tables follow the messages', async () => {
  const { record, timeline } = fakeReport()
  const half = { record: { ...record, state: 'running' as const, failures: [] }, timeline: timeline! }
  const { page, wrong } = await followed(half, { record, timeline: timeline! })
  await expect.poll(() => page.locator('.badge').innerText()).toMatch(/FAIL/i)
  await expect.poll(() => page.locator('.causes summary').count()).toBe(2)
  await expect.poll(() => page.locator('.live').innerText()).toBe('The run has ended')
  expect((await page.evaluate<unknown[]>(DRAWN)).length).toBe(15)
  expect(await page.title()).toMatch(/^FAIL ·/)
  expect(wrong).toEqual([])
  await page.close()
})

test('live: the run goes on, in which phase, for how long still, with what so far', async () => {
  const { record, timeline } = fakeReport()
  const live = { phase: 'steady', elapsed: 65, remaining: 235, rate: 71.2, p95: 402 }
  const { page, wrong } = await followed({
    record: { ...record, state: 'running' },
    timeline: timeline!,
    live,
  })
  await expect
    .poll(() => page.locator('.status').innerText())
    .toBe('phase steady · 01:05 elapsed · 03:55 remaining · 71.2 requests a second · p95 402 ms')
  expect(await page.locator('.badge').innerText()).toMatch(/RUNNING/i)
  expect(await page.locator('main').innerText()).not.toMatch(/not ended/i)
  expect(await page.locator('#thresholds h2').innerText()).toBe('Thresholds so far')
  expect(await page.locator('.causes summary').count()).toBe(2)
  expect(wrong).toEqual([])
  await page.close()
})

test('without JavaScript the page reads: verdict, tables, figures of the heatmaps', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  const file = join(place, 'plain.html')
  writeFileSync(file, await htmlReport(fakeReport()))
  await page.goto(pathToFileURL(file).href)
  const text = await page.locator('main').innerText()
  for (const words of ['112 ms over', 'Charts are drawn by JavaScript', 'order is accepted'])
    expect(text).toContain(words)
  await context.close()
})

test('junit.xml is XML for a real parser, whatever the names are', async () => {
  const { page } = await open(fakeReport())
  for (const data of [fakeReport(), hostileReport()]) {
    const read = await page.evaluate<{ error: string | null; cases: number }>(
      `(() => {
        const xml = new DOMParser().parseFromString(${JSON.stringify(junitReport(data))}, 'application/xml')
        return { error: xml.querySelector('parsererror')?.textContent ?? null, cases: xml.querySelectorAll('testsuites > testsuite > testcase').length }
      })()`,
    )
    expect(read).toEqual({ error: null, cases: 10 })
  }
  await page.close()
})
