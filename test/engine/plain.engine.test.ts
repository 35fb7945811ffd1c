import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { SummaryExport } from '../../cli/k6/summary.ts'
import { bundle, capture, cli, fixture, folder, k6, shop, STACK, type Seen } from './harness.ts'

const journeyOf = ({ headers }: Seen) => /journey=([^,]*)/.exec(String(headers.baggage))?.[1]
const spread = (seen: readonly Seen[]) => (seen.at(-1)?.at ?? 0) - (seen[0]?.at ?? 0)
const NOBODY = 'http://127.0.0.1:1'

describe.concurrent('a single pass (k6 run -i 1)', () => {
  const pass = async (url: string, ...more: string[]) =>
    k6(['run', '-i', '1', '-e', `BASE_URL=${url}`, ...more, await bundle()])

  test('runs each journey once, in order, without think time', async () => {
    const { url, seen } = await capture(await shop())
    expect(await pass(url)).toMatchObject({ code: 0 })
    expect(
      seen.map(
        (request) =>
          `${journeyOf(request)} ${request.method} ${request.path.replace(/product\/\w+/, 'product/ID')}`,
      ),
    ).toEqual([
      ...['browse GET /', 'browse GET /product/ID', 'browse GET /product/ID', 'browse GET /cart'],
      ...['checkout GET /', 'checkout GET /product/ID', 'checkout POST /cart', 'checkout GET /cart'],
      'checkout POST /cart/checkout',
      ...['currency GET /', 'currency POST /setCurrency', 'currency GET /', 'currency GET /product/ID'],
    ])
    // With think time it would be 8 s at least.
    expect(spread(seen)).toBeLessThan(6000)
  })

  test('fails the run (110) and names the step', async () => {
    const { code, err } = await pass(await shop('errors=/cart/checkout:1'))
    expect(code).toBe(110)
    expect(err).toMatch(/test marked as failed: checkout › place order: request checkout: status 500/)
  })

  test('ends at once where nobody answers', async () => {
    const { code, err } = await pass(NOBODY)
    expect(code).toBe(110)
    expect(err).toMatch(/test marked as failed: browse › open home: request home: .*connection refused/)
  })

  test('sends nothing once its time budget is used up', async () => {
    const { url, seen } = await capture(await shop('latency=*:20000'))
    const { code, err } = await pass(url, '-e', 'TIME_BUDGET=3s')
    expect(code).toBe(110)
    expect(err).toContain('browse › open home')
    expect(err).toContain('the time budget of 3 s is used up')
    expect(seen).toHaveLength(1)
  })

  test('of unbundled sources runs too: k6 strips the types', async () => {
    const ended = await k6(['run', '-i', '1', '-e', `BASE_URL=${await shop()}`, fixture('unbundled.ts')])
    expect(ended).toMatchObject({ code: 0 })
  })
})

describe.concurrent('any other default (k6 run -u … -d …)', () => {
  test('keeps think time, and never fails the run', async () => {
    const { url, seen } = await capture(await shop('errors=/cart/checkout:1'))
    const { code } = await k6(['run', '-u', '3', '-d', '3s', '-e', `BASE_URL=${url}`, await bundle()])
    expect(code).toBe(0)
    // Two iterations a VU at most, of nine requests at most, and the tries of setup.
    expect(seen.filter(journeyOf).length).toBeLessThanOrEqual(54)
  })

  test('picks journeys by weight', async () => {
    const { url, seen } = await capture(await shop())
    const script = await bundle(fixture('quick.ts'))
    const settings = ['-e', 'PROFILE=load', '-e', 'SEED=7', '-e', `BASE_URL=${url}`]
    const { code } = await k6(['run', '-u', '10', '-i', '300', ...settings, script])
    expect(code).toBe(0)
    const opened = seen.filter(({ path }) => path !== '/cart').map(journeyOf)
    const seldom = opened.filter((journey) => journey === 'seldom').length
    // One in ten: 30, give or take four standard deviations of 5.2.
    expect(seldom).toBeGreaterThan(9)
    expect(seldom).toBeLessThan(51)
    expect(opened.filter(Boolean)).toHaveLength(300)
  })
})

describe.concurrent('without the command line, k6 itself', () => {
  test('refuses bad settings (107) with the same message', async () => {
    const bad = { PROFILE: 'lod', SCALE: 'abc', BASE_URL: 'ftp://x' }
    const { code, err } = await k6(['run', await bundle()], { env: bad })
    const told = await cli(['run'], { env: bad })
    expect([code, told.code]).toEqual([107, 104])
    const problems = told.err.split('\n').filter((line) => line.startsWith('  - '))
    expect(problems).toHaveLength(3)
    // Which word was meant is what the CLI alone says.
    for (const problem of problems)
      expect(err.replaceAll('\\"', '"')).toContain(problem.slice(4).replace(/\. Did you mean.*/, ''))
  })

  test('ends at once (108) where nobody answers', async () => {
    const { code, err } = await k6(['run', '-e', `BASE_URL=${NOBODY}`, await bundle()])
    expect(code).toBe(108)
    expect(err).toContain(`the target ${NOBODY} does not answer`)
    expect(err).not.toMatch(STACK)
  })

  test('ends before load (108) where rows are not known, and names them', async () => {
    const url = await shop('missing-products=OLJCESPC7Z,66VCHSJNUP')
    const { code, err } = await k6(['run', '-e', `BASE_URL=${url}`, await bundle()])
    expect(code).toBe(108)
    expect(err).toMatch(/2 of 9 rows of boutique\/products.*OLJCESPC7Z, 66VCHSJNUP/)
  })

  test('keeps the phases of a profile in an archive', async () => {
    const here = folder()
    const [archive, summary] = [join(here, 'quick.tar'), join(here, 'summary.json')]
    const settings = { PROFILE: 'load', BASE_URL: await shop(), RAMP_UP: '1s', WARM_UP: '1s', DURATION: '2s' }
    const told = Object.entries({ ...settings, RAMP_DOWN: '1s' }).flatMap(([name, value]) => [
      '-e',
      `${name}=${value}`,
    ])
    const packed = await k6(['archive', ...told, '-O', archive, await bundle(fixture('quick.ts'))])
    const { code } = await k6(['run', '--summary-export', summary, archive])
    expect([packed.code, code]).toEqual([0, 0])
    const { metrics } = JSON.parse(readFileSync(summary, 'utf8')) as SummaryExport
    expect(metrics['http_req_duration{journey:often,phase:steady}']?.count).toBeGreaterThan(0)
    expect(metrics['http_req_failed{phase:steady}']?.fails).toBeGreaterThan(0)
  })
})
