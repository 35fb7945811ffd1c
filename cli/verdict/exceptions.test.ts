import { resolve } from 'node:path'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import type { FailureEvent } from '../../lib/catalog.ts'
import { blameOf } from '../report/exceptions.ts'
import { exceptionsOf, exceptionText, type ExceptionFacts } from './exceptions.ts'
import { locateBy } from './sources.ts'
import type { Facts } from './facts.ts'
import { told } from './rules/rule.ts'
import { FEW_TEST_ERRORS, FEW_THREW, SCRIPT_THREW, TEST_ERROR, THREW_OUTSIDE } from './rules/script.ts'
import type { Thrown } from '../k6/index.ts'
import { textsOf } from '../record/index.ts'

/** What is said of errors that make a run invalid, that fail it, and that are noted. */
const threw = (facts: Partial<Facts>, isJudged: boolean) => {
  const judged = { metric: 'journey_failed', threshold: 'rate<0.01', result: 'pass', value: 0 } as const
  const all = { thresholds: isJudged ? [judged] : [], ...facts } as Facts
  const [invalid, fail, notes] = [
    [TEST_ERROR],
    [SCRIPT_THREW],
    [THREW_OUTSIDE, FEW_TEST_ERRORS, FEW_THREW],
  ].map((rules) => textsOf(told(rules, all)))
  return { invalid, fail, notes }
}

const event = (more: Partial<FailureEvent> = {}): FailureEvent => ({
  kind: 'error',
  what: `TypeError: Cannot read property '0' of undefined`,
  vu: 1,
  count: 1,
  journey: 'bad',
  step: 'price',
  request: 'json',
  stack: '1:10 1:5',
  ...more,
})
const thrown = (more: Partial<Thrown> = {}): Thrown => ({
  message: 'ReferenceError: nope is not defined',
  iteration: true,
  count: 3,
  frames: [{ file: `file://${resolve('x.js')}`, line: 3, column: 1 }],
  ...more,
})
const exceptions = (more: Partial<ExceptionFacts>) =>
  exceptionsOf({ failures: [], pages: [], thrown: [], bundle: 'dist/shop.js', failedRequests: 0, ...more })

test('errors of journeys and of k6’s log are one list, with the author’s places', () => {
  const locate = (_line: number, column: number) =>
    column === 5 ? { file: 'suites/shop.ts', line: 7, column: 3 } : undefined
  const inBundle = { file: 'file:///elsewhere/dist/shop.js', line: 1, column: 5 }
  expect(
    exceptions({
      locate,
      failures: [event(), event({ vu: 2, count: 4 }), event({ kind: 'check', what: 'up' })],
      thrown: [thrown(), thrown({ message: 'TypeError: x', frames: [inBundle], count: 1 })],
    }),
  ).toEqual([
    {
      message: `TypeError: Cannot read property '0' of undefined`,
      count: 5,
      iterations: 5,
      journey: 'bad',
      step: 'price',
      request: 'json',
      bug: true,
      source: { file: 'suites/shop.ts', line: 7, column: 3 },
    },
    {
      message: 'ReferenceError: nope is not defined',
      count: 3,
      exact: true,
      iterations: 3,
      bug: true,
      source: { file: 'x.js', line: 3, column: 1 },
    },
    {
      message: 'TypeError: x',
      count: 1,
      exact: true,
      iterations: 1,
      bug: true,
      source: { file: 'suites/shop.ts', line: 7, column: 3 },
    },
  ])
})

test.each([
  ['a TypeError', event(), true],
  ['an exhausted pool', event({ what: 'UsageError: uniqueRow() has run out: pool "p" has 4 rows' }), true],
  ['one that follows from a failed request', event({ after: true }), false],
  ['what an author throws', event({ what: 'Error: no price' }), false],
  ['what JSON.parse says of an answer', event({ what: 'SyntaxError: invalid character' }), false],
])('%s: whether it is a bug of the test', (_, failure, bug) => {
  expect(exceptions({ failures: [failure] })).toMatchObject([{ bug }])
})

test('a plain script’s errors may follow from as many failed requests', () => {
  expect(exceptions({ thrown: [thrown()], failedRequests: 2 })).toMatchObject([{ bug: true }])
  expect(exceptions({ thrown: [thrown()], failedRequests: 3 })).toMatchObject([{ bug: false }])
  const blames = [0, 3].map((failedRequests) =>
    exceptions({ thrown: [thrown({ message: 'Error: no price' })], failedRequests }).map(blameOf),
  )
  expect(blames).toEqual([['nothing had failed before it'], ['it may follow from what failed before']])
})

test('a redirect that leaves the hosts says which one, to where, and is no mistake of the test', () => {
  const what = 'UsageError: a redirect of away: got "example.com"; allowed: in shop: loopback. Add the host.'
  const all = exceptions({ failures: [event({ what, request: undefined } as never)] })
  expect(all.map(blameOf)).toEqual(['a redirect that leaves the hosts of the environment'])
  expect(threw({ exceptions: all, iterations: 1, singlePass: false }, false).invalid).toEqual([
    'the target redirects away to example.com, where no request may go; it was not followed in 1 of 1 iterations: allowed: in shop: loopback. Add the host. (bad › price)',
  ])
})

test('texts that differ in ids are one, and none is lost from the count', () => {
  const failures = Array.from({ length: 500 }, (_, vu) =>
    event({ vu, what: `TypeError: order ${vu}a of "${vu}" is "x" in 0b1c-${vu}` }),
  )
  const logged = Array.from({ length: 50 }, (_, index) =>
    thrown({ message: `Error: row '${index}'`, count: 20 }),
  )
  const all = exceptions({ failures, thrown: logged })
  expect(all).toMatchObject([
    { count: 1000, bug: false },
    { count: 500, bug: true },
  ])
  expect(threw({ exceptions: all, iterations: 10_000, singlePass: false }, false)).toMatchObject({
    invalid: [expect.any(String)],
    fail: [expect.any(String)],
  })
})

test('of VUs that stopped telling, every failed journey counts', () => {
  const facts = { exceptions: [bug], iterations: 10_000, singlePass: false }
  expect(threw(facts, false).invalid).toEqual([])
  expect(threw({ ...facts, failedJourneys: 9000 }, false).invalid).toHaveLength(1)
})

test('that there are too many causes is no error of the script', () => {
  const what = 'failures of more than 100 causes: the others are not reported'
  expect(exceptions({ failures: [event({ what, stack: undefined } as never)] })).toEqual([])
})

test('a position is found by the map, and those of packages are left out', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `// first\nexport default () => {\n  throw new Error('x')\n}`,
      sourcefile: 'suites/a.ts',
    },
    bundle: true,
    minify: true,
    write: false,
    sourcemap: 'external',
    outfile: 'out.js',
    format: 'esm',
  })
  const [map, code] = outputFiles.map(({ text }) => text)
  const column = (code ?? '').indexOf('throw') + 1
  expect(locateBy(map ?? '')(1, column)).toEqual({ file: 'suites/a.ts', line: 3, column: 3 })
  const ours = JSON.stringify({ ...(JSON.parse(map ?? '') as object), ignoreList: [0] })
  expect(locateBy(ours)(1, column)).toBeUndefined()
})

const bug = { message: 'TypeError: x', count: 2, iterations: 2, bug: true }
const other = { message: 'no price', count: 2, iterations: 2, bug: false }

test.each([
  ['a bug in many iterations', { exceptions: [bug], iterations: 100, singlePass: false }, [1, 0, 0]],
  ['a bug in one of many', { exceptions: [bug], iterations: 200, singlePass: false }, [0, 0, 1]],
  ['a bug in a single pass', { exceptions: [bug], iterations: 1000, singlePass: true }, [1, 0, 0]],
  ['an error in many iterations', { exceptions: [other], iterations: 100, singlePass: false }, [0, 1, 0]],
  ['an error in few', { exceptions: [other], iterations: 200, singlePass: false }, [0, 0, 1]],
  [
    'an error of teardown',
    { k6: 0, exceptions: [{ message: 'x', count: 1, bug: true }], iterations: 1, singlePass: false },
    [0, 0, 1],
  ],
  ['nothing', { iterations: 10, singlePass: true }, [0, 0, 0]],
])('%s: invalid, failed, noted', (_, facts, counts) => {
  const { invalid, fail, notes } = threw(facts, false)
  expect([invalid, fail, notes].map((texts) => texts?.length)).toEqual(counts)
})

test('errors that a threshold on failed journeys judges are its matter, bugs are not', () => {
  const facts = { exceptions: [bug, other], iterations: 100, singlePass: false }
  expect(threw(facts, true)).toMatchObject({
    invalid: [expect.any(String)],
    fail: [],
    notes: [expect.any(String)],
  })
})

test('an error is told with its place', () => {
  const source = { file: 'suites/shop.ts', line: 7 }
  expect(exceptionText({ ...bug, source, journey: 'buy', step: 'pay', request: 'POST /pay' })).toBe(
    'TypeError: x (suites/shop.ts:7, buy › pay, after request POST /pay)',
  )
  expect(exceptionText(bug)).toBe('TypeError: x')
})
