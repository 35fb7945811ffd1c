/* eslint-disable -- a script that k6 itself runs */
// @ts-nocheck
import exec from 'k6/execution'

const later = { exec: 'other', startTime: '10h' }
export const options = {
  scenarios: {
    first: { executor: 'per-vu-iterations', vus: 1, iterations: 1, env: { A: 'b' }, tags: { t: 'u' } },
    rate: {
      executor: 'constant-arrival-rate',
      rate: 1,
      duration: '1500ms',
      preAllocatedVUs: 1,
      timeUnit: 1000,
      gracefulStop: 0,
      ...later,
    },
    ramp: {
      executor: 'ramping-vus',
      stages: [
        { duration: '1h', target: 2 },
        { duration: '90', target: 0 },
      ],
      gracefulRampDown: '0.5s',
      ...later,
    },
    ramps: {
      executor: 'ramping-arrival-rate',
      stages: [{ duration: 100, target: 2 }],
      preAllocatedVUs: 1,
      ...later,
    },
    vus: { executor: 'constant-vus', duration: '61s', ...later },
    shared: { executor: 'shared-iterations', maxDuration: '2m', ...later, startTime: '1d' },
  },
  thresholds: { http_reqs: ['count>1', { threshold: 'rate>1', abortOnFail: true, delayAbortEval: '10s' }] },
  setupTimeout: '70s',
  minIterationDuration: '1ms',
  tags: { a: 'b' },
  cloud: { name: 'x' },
  unknown: 1,
  summaryTrendStats: ['avg', 'p(99)'],
}

export function other() {}
export default function () {
  say('options', exec.test.options)
  say('env', __ENV.A)
  say('tags', exec.vu.metrics.tags)
  exec.test.abort('enough')
  say('never', 'said')
}
