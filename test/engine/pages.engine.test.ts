import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { debianProgram } from './debian.ts'
import { cli, folder, run, SHORT_LOAD, STACK, type Start } from './harness.ts'

/** A browser of Debian's; what else it needs, the command line finds out. */
let how: Start = {}
beforeAll(() => {
  how = { env: { K6_BROWSER_EXECUTABLE_PATH: debianProgram('chromium') }, limit: 240 }
})

test.concurrent(
  'a broken page turns its step red, with its picture in the record and the report',
  async () => {
    const ended = await run(['browser', '--duration', '5s', '--fault', 'errors=/product:1', '--no-open'], how)
    const { code, out, err, record } = ended
    expect(code, out + err).toBe(99)
    const [failure] = record.failures
    expect(failure).toMatchObject({
      journey: 'buy',
      step: 'view product',
      kind: 'error',
      what: 'the page answered with status 500',
    })
    expect(record.exceptions).toBeUndefined()
    const [picture = ''] = failure?.page?.pictures ?? []
    expect(existsSync(join(ended.folder, 'pictures', picture))).toBe(true)
    const report = readFileSync(join(ended.folder, 'report.html'), 'utf8')
    expect(report).toContain('src="data:image/png;base64,')
    expect(out).toMatch(/view product: the page answered with status 500\n.*\n? +picture: pictures\/buy-/)
    const home = record.pages?.find(({ page }) => page === 'home')
    expect(home?.vitals.map(({ metric }) => metric.replace('browser_web_vital_', ''))).toEqual(
      expect.arrayContaining(['lcp', 'cls', 'fcp', 'ttfb']),
    )
    expect(out).toMatch(/^Web Vitals, p75 +visits +LCP .*TTFB$/m)
    expect(out).toMatch(/^ {2}home .* (good|needs improvement|poor)/m)
    expect(record.pageRequests?.map(({ name }) => name)).toContain('static files')
    expect(record.metrics?.filter(({ name }) => name.startsWith('browser_')) ?? []).toEqual([])
  },
)

test.concurrent('a load with a browser beside it is one run with one record', async () => {
  const short = [...SHORT_LOAD, '--scale', '0.2']
  const { record, out, err } = await run(
    ['boutique', '--profile', 'load', '--with-browser', ...short, '--no-open'],
    how,
  )
  expect(record.suite, out + err).toBe('boutique-hybrid')
  const started = Object.fromEntries(record.journeys.map(({ name, started: count }) => [name, count > 0]))
  expect(started).toEqual({ browse: true, checkout: true, currency: true, buy: true })
  expect(record.instances).toHaveLength(1)
  expect(record.thresholds.map(({ metric }) => metric)).toEqual(
    expect.arrayContaining([
      'http_req_failed{phase:steady}',
      'browser_web_vital_lcp{name:home,phase:steady}',
    ]),
  )
  expect(record.agreement?.recorded.requests).toBe(record.agreement?.k6.requests)
})

test.concurrent('without Chromium a run is refused in one line, before anything is started', async () => {
  const results = join(folder(), 'results')
  const { code, out, err } = await cli(['run', 'browser', '--results', results], {
    env: { K6_BROWSER_EXECUTABLE_PATH: '/nowhere/chromium' },
  })
  expect(code).toBe(104)
  expect(err).toContain('K6_BROWSER_EXECUTABLE_PATH=/nowhere/chromium: there is no such program; correct')
  expect(out + err).not.toMatch(STACK)
  expect(err).not.toContain('the embedded shop answers')
  expect(existsSync(results)).toBe(false)
})
