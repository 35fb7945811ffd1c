import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { browserEnvironment } from '../../cli/k6/index.ts'
import type { FailureEvent, PageEvent } from '../../lib/catalog.ts'
import { bundle, fixture, folder, k6, shop } from './harness.ts'

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
}

test.concurrent('each broken page turns its step red, with a reason and a picture', async () => {
  const url = await shop(
    ...['errors=/assistant:1', 'page=/:script-error', 'page=GET /cart:alert', 'page=/product:moving-button'],
    'latency=/logout:60000',
  )
  const PICTURES = folder()
  const SECOND = await shop('page=/product:missing-button')
  const limits = { TIME_BUDGET: '120s', REQUEST_TIMEOUT: '3s' }
  const { code, lines } = await pass('broken.ts', { BASE_URL: url, SECOND, PICTURES, ...limits })
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
})
