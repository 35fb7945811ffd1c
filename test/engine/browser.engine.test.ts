import { readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { browserEnvironment } from '../../cli/k6/index.ts'
import type { FailureEvent, PageEvent } from '../../lib/catalog.ts'
import { bundle, fixture, folder, k6, listen, shop } from './harness.ts'

interface Point {
  type: string
  metric: string
  data: { value: number; tags: Record<string, string> }
}

/** Runs a bundle as it is: one pass in the browser of this machine. Gives k6's samples and what the script said. */
async function pass(file: string, variables: Readonly<Record<string, string>>) {
  const [out, script] = [join(folder(), 'points.json'), await bundle(fixture(file))]
  const env = { ...(await browserEnvironment(process.env)).env }
  const told = Object.entries(variables).flatMap(([name, value]) => ['-e', `${name}=${value}`])
  const ended = await k6(['run', '-q', '--log-format', 'raw', '--out', `json=${out}`, ...told, script], {
    env,
  })
  const entries = readFileSync(out, 'utf8').trim().split('\n')
  const points = entries.map((line) => JSON.parse(line) as Point).filter(({ type }) => type === 'Point')
  return { ...ended, points, lines: (ended.out + ended.err).split('\n') }
}

test.concurrent(
  'vitals of each page are those that the browser observes, and a shift or a late picture is found',
  async () => {
    const url = await shop('page=/product:layout-shift', 'page=GET /cart:late-picture')
    const { code, points, lines, err } = await pass('vitals.ts', { BASE_URL: url, TIME_BUDGET: '60s' })
    expect(code, err).toBe(0)
    const observed = lines
      .filter((line) => line.startsWith('observed '))
      .map((line) => JSON.parse(line.slice('observed '.length)) as Record<string, number> & { name: string })
    expect(observed.map(({ name }) => name)).toEqual(['home', 'product', 'cart'])
    const measured = (vital: string, page: string): number | undefined =>
      points.find(({ metric, data }) => metric === `browser_web_vital_${vital}` && data.tags.name === page)
        ?.data.value
    for (const { name, ...own } of observed)
      for (const [vital, value] of Object.entries(own)) {
        const got = measured(vital, name) ?? NaN
        const difference = Math.abs(got - value)
        expect(difference, `${vital} of ${name}: ${got}, observed ${value}`).toBeLessThanOrEqual(
          Math.max(value * 0.05, 0.001),
        )
      }
    expect(measured('cls', 'product')).toBeGreaterThan(0.1)
    expect(measured('cls', 'home')).toBeLessThan(0.1)
    expect(measured('lcp', 'cart')).toBeGreaterThan(2500)
    const names = points
      .filter(({ metric }) => metric === 'browser_http_req_duration')
      .map(({ data }) => data.tags.name)
    expect([...new Set(names)].toSorted()).toEqual(['cart', 'home', 'product', 'static files'])
  },
)

const REASONS = {
  status: /the page answered with status 500/,
  script: /script error: .*the cart is not defined/,
  alert: /the page showed alert: Session expired/,
  moving: /clicking on .*Add To Cart.*timed out/,
  missing: /waiting for .*Add To Cart.*timed out/,
  endless: /timed out/,
  frame: /^PageError: the frame http:.*\/nowhere answered with status 404$/,
}

/** What a single-page application's document is: its second view has an address at once, and is shown later. */
const APP = `<!doctype html><title>App</title><h1>Home</h1><p>All that there is</p><button>Orders</button><script>
const title = document.querySelector('h1')
document.querySelector('button').onclick = () => {
  for (const end = performance.now() + 60; performance.now() < end; );
  history.pushState({}, '', '/orders')
  setTimeout(() => (title.textContent = 'Orders'), 700)
}
addEventListener('popstate', () => (title.textContent = 'Home'))
</script>`

test.concurrent(
  'each broken page turns its step red, with a reason and a picture; what others do, and a script that changes the address, do not',
  async () => {
    const url = await shop(
      ...[
        'errors=/assistant:1',
        'page=/:script-error',
        'page=GET /cart:alert',
        'page=/product:moving-button',
      ],
      'latency=/logout:60000',
    )
    const PICTURES = folder()
    const SECOND = await shop('page=/product:missing-button', 'page=/:script-error')
    const app = await listen(
      createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(APP)),
    )
    const limits = { TIME_BUDGET: '300s', REQUEST_TIMEOUT: '3s' }
    const told = { BASE_URL: url, SECOND, APP: app, PICTURES, ...limits }
    const { code, lines, points } = await pass('broken.ts', told)
    expect(code).toBe(110)
    const events = lines
      .filter((line) => line.startsWith('{"loadwright"'))
      .map((line) => JSON.parse(line) as object)
    const of = <T>(kind: string): T[] =>
      events.filter((event) => (event as { loadwright: string }).loadwright === kind) as T[]
    const failures = of<FailureEvent>('failure')
    const pages = of<PageEvent>('page')
    for (const [journey, reason] of Object.entries(REASONS)) {
      const own = failures.filter((failure) => failure.journey === journey)
      expect(
        own.map(({ step }) => step),
        journey,
      ).toEqual(['broken'])
      expect(own[0]?.what).toMatch(reason)
      const page = pages.find((one) => one.journey === journey)
      expect(page?.step).toBe('broken')
      expect(statSync(join(PICTURES, page?.picture ?? 'none')).size, journey).toBeGreaterThan(1000)
    }

    // What frames of others do is told where something else fails.
    const others = failures.filter(({ journey }) => journey === 'others')
    expect(others.map(({ kind, what }) => [kind, what])).toEqual([['check', 'nothing is wrong']])
    expect(pages.find(({ journey }) => journey === 'others')?.console).toEqual([
      `the frame ${SECOND}/nowhere answered with status 404`,
      expect.stringContaining(`the frame ${SECOND}/: Uncaught Error: the cart is not defined`),
    ])

    const ofApp = points.filter(({ data }) => data.tags.journey === 'app')
    expect(failures.filter(({ journey }) => journey === 'app')).toEqual([])
    const vitals = ofApp.filter(({ metric }) => metric.startsWith('browser_web_vital_'))
    expect([...new Set(vitals.map(({ data }) => data.tags.name))]).toEqual(['app'])
    expect(
      [...new Set(vitals.map(({ metric }) => metric.replace('browser_web_vital_', '')))].toSorted(),
    ).toEqual([...['cls', 'fcp', 'inp', 'lcp', 'ttfb']])
    const timed = lines
      .filter((line) => line.startsWith('timed '))
      .map(
        (line) => JSON.parse(line.slice('timed '.length)) as { name: string; inside: number; around: number },
      )
    expect(timed.map(({ name }) => name)).toEqual(['open app', 'open orders', 'go back'])
    expect(timed[1]?.inside).toBeGreaterThanOrEqual(699)
    for (const { name, inside, around } of timed) {
      const took = ofApp.find(({ metric, data }) => metric === 'group_duration' && data.tags.step === name)
        ?.data.value
      expect(took, name).toBeGreaterThanOrEqual(inside - 1)
      expect(took, name).toBeLessThanOrEqual(around + 1)
    }
  },
)
