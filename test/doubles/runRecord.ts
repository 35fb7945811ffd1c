import type { PhaseFigures } from '../../cli/record/figures.ts'
import type { Reason, RunRecord } from '../../cli/record/index.ts'

/** When the made-up run began: Unix time in milliseconds. */
export const BEGAN = Date.UTC(2026, 10, 22, 9, 30, 0)

/** Its journeys, and the steps of each. */
export const JOURNEYS: Readonly<Record<string, readonly string[]>> = {
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

const crossed = (metric: string, threshold: string, value: number): Reason => ({
  code: 'threshold-crossed',
  text: `${metric}: ${threshold} was crossed (${value})`,
  data: { metric, threshold, value },
})

/** The record of a run of five minutes that failed, made up; `next` gives numbers in [0, 1). */
export function fakeRecord(next: () => number): RunRecord {
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
    schema: 2,
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
      crossed('http_req_duration{journey:checkout,phase:steady}', 'p(95)<800', 912.346),
      crossed('journey_failed{phase:steady}', 'rate<0.01', 0.097),
    ],
    explanations: ['All 348 failures carry 2 of 10 product ids: OLJCESPC7Z, 66VCHSJNUP.'],
    notes: [
      {
        code: 'quantiles-differ',
        text: 'k6’s p95 and the recorder’s differ by 3.1 %.',
        data: { quantile: 'p(95)' },
      },
    ],
    environment: 'staging',
    profile: 'load',
    target: 'https://shop.staging.example.com',
    embedded: false,
    settings: { ENVIRONMENT: 'staging', PROFILE: 'load', SCALE: 0.5, TIME_BUDGET: 10_000, CHECK_ROWS: 'off' },
    faults: [],
    judgedPhases: ['steady'],
    load: { replaced: false, singlePass: false },
    variables: ['PROFILE=load'],
    instances: [
      {
        k6: {
          version: 'v2.2.0',
          path: '/k6',
          command: ['run', '-e', 'PROFILE=load', 'dist/boutique.js'],
        },
        exit: 99,
        summary: 'k6-summary.json',
        counts: { iterations: 10_800, dropped: 3, requests: 21_502, checks: 18_000, failedChecks: 348 },
      },
    ],
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
