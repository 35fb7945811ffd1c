import { expect, test } from 'vitest'
import { sentence } from '../../../config/problem/problem.ts'
import { problemsOf } from './definition.ts'

const scenario = {
  executor: 'per-vu-iterations',
  vus: 1,
  iterations: 1,
  exec: Object.assign(() => 0, { journeys: [] }),
}
const good = { name: 'x', scenarios: { a: scenario } }
const ramp = { ...scenario, executor: 'ramping-vus' }

test('a definition as it is meant has no problem', () => {
  const metrics = [{ [Symbol('table')]: {} }]
  const more = {
    metrics,
    thresholds: {},
    setup: () => 1,
    teardown: undefined,
    options: { noVUConnectionReuse: true },
  }
  expect(problemsOf({ ...good, ...more })).toEqual([])
})

test.each<[unknown, string]>([
  [null, 'suite: got null'],
  [[good], 'suite: got [{'],
  [{ ...good, name: 5 }, 'suite.name: got 5'],
  [{ scenarios: good.scenarios }, 'suite.name: got nothing'],
  [{ name: 'x' }, 'suite.scenarios: got nothing'],
  [{ ...good, scenarios: [] }, 'suite.scenarios: got []'],
  [{ ...good, scenarios: { a: null } }, 'suite.scenarios.a: got null'],
  [{ ...good, scenarios: { a: { executor: 'constant-vus' } } }, 'suite.scenarios.a: got "{'],
  [{ ...good, scenarios: { a: { ...scenario, vus: 'three' } } }, 'suite.scenarios.a.vus: got "three"'],
  [
    { ...good, scenarios: { a: { ...ramp, stages: [null] } } },
    'suite.scenarios.a.stages[0].duration: got nothing',
  ],
  [{ ...good, metrics: [1] }, 'suite.metrics: got [1]'],
  [{ ...good, metrics: [10n] }, 'suite.metrics: got a value that is no JSON'],
  [{ ...good, thresholds: null }, 'suite.thresholds: got null'],
  [{ ...good, thresholds: 5 }, 'suite.thresholds: got 5'],
  [{ ...good, thresholds: { 'constructor{a:b}': [] } }, 'suite.thresholds: got "constructor"'],
  [{ ...good, setup: 5 }, 'suite.setup: got 5'],
  [{ ...good, options: { vus: 3 } }, 'suite.options.vus: got 3'],
  [{ ...good, senarios: {} }, 'suite: got "senarios"'],
])('%o is refused', (definition, told) => {
  expect(problemsOf(definition).map(sentence).join('\n')).toContain(told)
})
