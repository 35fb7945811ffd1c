import type { Curve, Heatmap, TimeCurves, Timeline } from '../record/timeline.ts'
import type { RunRecord } from '../record/index.ts'
import type { PhaseFigures } from '../record/figures.ts'
import type { ReportData } from './data.ts'

const BEGAN = Date.UTC(2026, 10, 22, 9, 30, 0)
const JOURNEYS: Readonly<Record<string, readonly string[]>> = {
  browse: ['open home', 'view product', 'view cart'],
  checkout: ['open home', 'add to cart', 'place order'],
  currency: ['open home', 'set currency'],
}
const PHASES = [
  ['ramp-up', 0, 30],
  ['warm-up', 30, 60],
  ['steady', 60, 270],
  ['ramp-down', 270, 300],
] as const

/** Random numbers in [0, 1) that are the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A run of five minutes that failed, made up: for tests of reports, and to look at. */
export function fakeReport(seed = 1): ReportData {
  const next = random(seed)
  const window = 10
  const at = Array.from({ length: 30 }, (_, index) => BEGAN / 1000 + index * window)
  const load = at.map((_, index) => Math.min(1, (index + 1) / 3, (30 - index) / 3))
  const noisy = (size: number): Curve => load.map((part) => Math.round(size * part * (0.9 + 0.2 * next())))
  const curves = (size: number, median: number, bad = 0): TimeCurves => ({
    count: noisy(size),
    failed: load.map((part, index) => (index > 15 ? Math.round(bad * part * next()) : 0)),
    p50: load.map((part) => median * (0.8 + 0.3 * part * next())),
    p95: load.map((part, index) => median * (2 + part * next() + (index > 15 ? bad / 20 : 0))),
    p99: load.map((part, index) => median * (3 + 2 * part * next() + (index > 15 ? bad / 10 : 0))),
  })
  const steps = Object.entries(JOURNEYS).flatMap(([journey, names]) =>
    names.map((step, index) => ({
      journey,
      step,
      time: curves(120, 20 + index * 15, step === 'place order' ? 60 : 0),
      heatmap: heatmap(load, 20 + index * 15, step === 'place order', next),
    })),
  )
  const timeline: Timeline = {
    window,
    at,
    requests: curves(700, 24, 40),
    iterations: noisy(200),
    dropped: load.map((_, index) => (index === 17 ? 3 : 0)),
    checks: noisy(900),
    failedChecks: load.map((_, index) => (index > 15 ? Math.round(20 * next()) : 0)),
    vus: load.map((part) => Math.round(40 * part)),
    vusMax: load.map(() => 40),
    journeys: Object.keys(JOURNEYS).map((journey, index) => ({
      journey,
      started: noisy(60),
      time: curves(60, 90 + 60 * index),
    })),
    steps,
    own: [
      { metric: 'boutique_orders', kind: 'counter', values: noisy(50) },
      { metric: 'boutique_basket', kind: 'trend', values: load.map(() => null) },
    ],
  }
  return { record: fakeRecord(next), timeline }
}

/** Times around a median in buckets of schema 3; a slow step has a second hill. */
function heatmap(load: readonly number[], median: number, slow: boolean, next: () => number): Heatmap {
  const bounds = Array.from({ length: 64 }, (_, index) => 2 ** ((index + 8) / 8))
  const centre = (of: number): number => Math.round(8 * Math.log2(of)) - 8
  const counts = load.map((part, column) => {
    const row = Array.from({ length: bounds.length }, () => 0)
    for (let sample = 0; sample < 120 * part; sample++) {
      const hill = slow && column > 15 && next() < 0.3 ? centre(median * 8) : centre(median)
      const place = Math.round(hill + (next() + next() + next() - 1.5) * 9)
      if (place >= 0 && place < row.length) row[place] = (row[place] ?? 0) + 1
    }
    return row
  })
  return { bounds, counts }
}

function fakeRecord(next: () => number): RunRecord {
  const iso = (seconds: number): string => new Date(BEGAN + seconds * 1000).toISOString()
  const phases = (median: number, slow: boolean): PhaseFigures[] =>
    PHASES.map(([phase, from, to]) => {
      const count = (to - from) * 12
      const [p50, p95] = [median * (0.9 + 0.2 * next()), median * (slow ? 9 : 2)]
      return {
        phase,
        count,
        requests: count,
        failed: slow && phase === 'steady' ? 348 : 0,
        p50,
        p95,
        p99: p95 * 1.6,
        mean: median * 1.2,
      }
    })
  return {
    schema: 1,
    id: 'boutique-20261122T093000-1a2b',
    suite: 'boutique',
    state: 'ended',
    bundle: {
      file: 'dist/boutique.js',
      sha256: '29e9fb158fa0a9c2724450794aa94e6b416f38cc0c0a824e86ca0e961b67aeb1',
    },
    verdict: 'fail',
    exitCode: 99,
    startedAt: iso(0),
    endedAt: iso(302),
    reasons: [
      'http_req_duration{journey:checkout,phase:steady}: p(95)<800 was crossed (912.346)',
      'journey_failed{phase:steady}: rate<0.01 was crossed (0.097)',
    ],
    explanations: ['All 348 failures carry 2 of 10 product ids: OLJCESPC7Z, 66VCHSJNUP.'],
    notes: ['k6’s p95 and the recorder’s differ by 3.1 %.'],
    environment: 'staging',
    profile: 'load',
    target: 'https://shop.staging.example.com',
    embedded: false,
    settings: { ENVIRONMENT: 'staging', PROFILE: 'load', SCALE: 0.5, TIME_BUDGET: 10_000, CHECK_ROWS: 'off' },
    faults: [],
    judgedPhases: ['steady'],
    k6: {
      version: 'v2.2.0',
      path: '/k6',
      exitCode: 99,
      command: ['run', '-e', 'PROFILE=load', 'dist/boutique.js'],
    },
    journeys: Object.entries(JOURNEYS).map(([name, steps]) => ({
      name,
      started: 3600,
      completed: name === 'checkout' ? 3252 : 3600,
      failed: name === 'checkout' ? 348 : 0,
      steps: steps.map((step, index) => ({
        name: step,
        completed: step === 'place order' ? 3252 : 3600,
        measured: 2520,
        p50: 20 + index * 15,
        p95: 60 + index * 40,
        requests: 2520,
        failed: step === 'place order' ? 348 : 0,
        phases: phases(20 + index * 15, step === 'place order'),
      })),
    })),
    thresholds: [
      {
        metric: 'http_req_duration{journey:checkout,phase:steady}',
        threshold: 'p(95)<800',
        result: 'fail',
        value: 912.346,
      },
      {
        metric: 'http_req_duration{journey:browse,phase:steady}',
        threshold: 'p(95)<500',
        result: 'pass',
        value: 312.5,
      },
      { metric: 'journey_failed{phase:steady}', threshold: 'rate<0.01', result: 'fail', value: 0.0967 },
      { metric: 'checks{phase:steady}', threshold: 'rate>0.99', result: 'pass', value: 0.992 },
      { metric: 'http_reqs', threshold: 'rate>50', result: 'pass', value: 71.2 },
      { metric: 'span_duration{span:price basket}', threshold: 'p(99)<20', result: 'no samples' },
    ],
    checks: [
      { name: 'order is accepted', group: 'place order', passes: 3252, fails: 348 },
      { name: 'home is there', group: 'open home', passes: 10_800, fails: 0 },
      { name: 'product is there', group: 'view product', passes: 3600, fails: 0 },
    ],
    failures: [
      {
        journey: 'checkout',
        step: 'place order',
        kind: 'check',
        what: 'order is accepted',
        request: 'checkout',
        expected: 'status 200',
        got: 'status 500',
        status: 500,
        count: 348,
        exact: true,
        first: iso(162),
        last: iso(297),
        phases: ['steady', 'ramp-down'],
        rows: ['boutique/products=OLJCESPC7Z', 'boutique/products=66VCHSJNUP'],
        trace_ids: ['4bf92f3577b34da6a3ce929d0e0e4736'],
        excerpt:
          '<html><body><h1>Uh, oh!</h1>rpc error: code = NotFound desc = product not found</body></html>',
        explanation: 'All of them carry 2 of 10 product ids: OLJCESPC7Z, 66VCHSJNUP.',
      },
      {
        journey: 'browse',
        step: 'view product',
        kind: 'request',
        what: 'product',
        status: 502,
        origin: 'tunnel',
        got: 'ERR_NGROK_3004',
        count: 4,
        exact: false,
        phases: ['warm-up'],
        rows: [],
        trace_ids: [],
      },
    ],
    failedRequests: [{ name: 'checkout', status: '500', count: 348 }],
    badRows: [],
    totals: { iterations: 10_800, dropped: 3, requests: 21_502, checks: 18_000, failedChecks: 348 },
    problems: [],
    metadata: {
      user: 'Ada Lovelace',
      host: 'runner-7',
      commit: '6c37b9d0c2',
      branch: 'main',
      dirty: true,
      version: 'shop 2.4.1',
      ci: 'https://ci.example.com/jobs/77',
      loadwright: '0.1.0',
    },
    phases: PHASES.map(([phase, from, to]) => ({
      scenario: 'browsers',
      phase,
      from: iso(from),
      to: iso(to),
      judged: phase === 'steady',
    })),
    agreement: { recorded: { requests: 21_502, p95: 402 }, k6: { requests: 21_502, p95: 415 } },
  }
}

/** What a hostile target, or a careless author, may put into any text. */
export const HOSTILE = [
  '</script><script>globalThis.hacked = 1</script><!-- <img src=x onerror="globalThis.hacked = 1">',
  '\u0000\u001b[2J\u0007\u202e\u2028\ud800\uffff ]]> & " \' | ` @octocat #1 www.example.com https://evil.example [a](javascript:alert(1))',
].join('')

/** The made-up run with hostile text in whatever can be named, and a body of 1 MB. */
export function hostileReport(seed = 1): ReportData {
  const { record, timeline } = fakeReport(seed)
  const kept = ['state', 'verdict', 'kind', 'result', 'from', 'to', 'startedAt', 'endedAt', 'first', 'last']
  const poisoned = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string')
      return kept.includes(key) || key === 'origin' ? value : `${value}${HOSTILE}`
    if (Array.isArray(value)) return value.map((one) => poisoned(one))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poisoned(one, name)]))
  }
  const data = poisoned({ record, timeline }) as ReportData
  const [first] = data.record.failures
  if (first) {
    first.excerpt = HOSTILE.repeat(Math.ceil(2 ** 20 / HOSTILE.length))
    first.what = `${HOSTILE}${'x'.repeat(2 ** 20)}`
  }
  return data
}
