import { expect, test } from 'vitest'
import { hostileReport } from '../../test/doubles/hostileReport.ts'
import { fakeReport } from '../../test/doubles/reportData.ts'
import { junitReport } from './junit.ts'

const { record } = fakeReport()
const withoutProperties = (xml: string): string => xml.replace(/ *<properties>[^]*?<\/properties>\n/g, '')
const small = { ...record, checks: record.checks.slice(0, 2) }

test('a suite per journey, a case per threshold and check, figures in the message', () => {
  expect(withoutProperties(junitReport({ record: small }))).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="boutique" tests="9" failures="3" errors="0" skipped="1" time="302.000">
      <testsuite name="boutique" tests="6" failures="1" errors="0" skipped="1" time="302.000" timestamp="2026-11-22T09:30:00">
        <testcase classname="boutique" name="run is valid" time="302.000"/>
        <testcase classname="boutique" name="journey_failed {phase: steady}: rate&lt;0.01" time="0.000">
          <failure message="rate 9.7 %, limit &lt; 1 %, 8.67 points over" type="fail">journey_failed {phase: steady}: rate&lt;0.01
    rate 9.7 %, limit &lt; 1 %, 8.67 points over</failure>
        </testcase>
        <testcase classname="boutique" name="checks {phase: steady}: rate&gt;0.99" time="0.000">
          <system-out>rate 99.2 %, limit &gt; 99 %, 0.2 points to spare</system-out>
        </testcase>
        <testcase classname="boutique" name="http_reqs: rate&gt;50" time="0.000">
          <system-out>rate 71.2/s, limit &gt; 50/s, 21.2/s to spare (42 %)</system-out>
        </testcase>
        <testcase classname="boutique" name="span_duration {span: price basket}: p(99)&lt;20" time="0.000">
          <skipped message="no samples: nothing was measured"></skipped>
        </testcase>
        <testcase classname="boutique.open home" name="check: home is there" time="0.000"/>
      </testsuite>
      <testsuite name="browse" tests="1" failures="0" errors="0" skipped="0" time="302.000" timestamp="2026-11-22T09:30:00">
        <testcase classname="browse" name="http_req_duration {journey: browse, phase: steady}: p(95)&lt;500" time="0.000">
          <system-out>p(95) 313 ms, limit &lt; 500 ms, 188 ms to spare (38 %)</system-out>
        </testcase>
      </testsuite>
      <testsuite name="checkout" tests="2" failures="2" errors="0" skipped="0" time="302.000" timestamp="2026-11-22T09:30:00">
        <testcase classname="checkout" name="http_req_duration {journey: checkout, phase: steady}: p(95)&lt;800" time="0.000">
          <failure message="p(95) 912 ms, limit &lt; 800 ms, 112 ms over (14 %)" type="fail">http_req_duration {journey: checkout, phase: steady}: p(95)&lt;800
    p(95) 912 ms, limit &lt; 800 ms, 112 ms over (14 %)</failure>
        </testcase>
        <testcase classname="checkout.place order" name="check: order is accepted" time="0.000">
          <failure message="348 of 3,600 did not hold (9.7 %)" type="fail"></failure>
        </testcase>
      </testsuite>
    </testsuites>
    "
  `)
})

test('properties say which run it was', () => {
  const xml = junitReport({ record })
  for (const property of [
    'name="run.id" value="boutique-20261122T093000-1a2b"',
    'name="commit" value="6c37b9d0c2"',
    'name="environment" value="staging"',
  ])
    expect(xml).toContain(property)
})

const outcome = (changes: object): string => {
  const xml = junitReport({ record: { ...record, ...changes } })
  return (
    /<testsuites [^>]*tests="\d+" (failures="\d+" errors="\d+" skipped="\d+")/.exec(xml)?.[1] ?? ''
  ).replaceAll(/[a-z]+="|"/g, '')
}
const passed = record.thresholds.filter(({ result }) => result === 'pass')

test('it is red exactly when the verdict is not pass', () => {
  // failures, errors, skipped
  expect(outcome({ verdict: 'pass', thresholds: passed })).toBe('0 0 0')
  expect(outcome({ verdict: 'fail' })).toBe('3 0 1')
  expect(outcome({ verdict: 'fail', thresholds: [], checks: [] })).toBe('1 0 0')
  expect(outcome({ verdict: 'invalid', thresholds: passed, checks: [] })).toBe('0 1 0')
  expect(outcome({ verdict: 'inconclusive', thresholds: [], checks: [] })).toBe('0 1 0')
  // A threshold without samples is no reason to think that the fail is told.
  const unmeasured = record.thresholds.filter(({ result }) => result === 'no samples')
  expect(outcome({ verdict: 'fail', thresholds: unmeasured, checks: [] })).toBe('1 0 1')
  expect(outcome({ state: 'running', verdict: 'invalid', thresholds: [], checks: [] })).toBe('0 1 0')
})

test('a check that thresholds allow to fail is told, and is not red', () => {
  expect(junitReport({ record: { ...record, verdict: 'pass', thresholds: passed } })).toContain(
    '<system-out>348 of 3,600 did not hold (9.7 %); no threshold was crossed by it</system-out>',
  )
})

test('what XML may not hold is not in it, and long texts are short', () => {
  const xml = junitReport(hostileReport())
  expect(xml).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u)
  expect(xml).not.toMatch(/<script|<img|<!--/)
  expect(xml.length).toBeLessThan(200_000)
})

test('a run that was cut short is red in one case, whatever its record holds so far', () => {
  const cut = { ...small, state: 'running' as const }
  for (const verdict of ['pass', 'fail', 'invalid'] as const) {
    const xml = junitReport({ record: { ...cut, verdict, thresholds: [] } })
    expect(xml).toMatch(/^<testsuites name="boutique" tests="3" failures="0" errors="1" skipped="0"/m)
    expect(xml).toMatch(
      /<testcase [^>]*name="run is valid"[^>]*>\n +<error message="This run is still running, or was killed[^"]+" type="invalid">/,
    )
    expect(xml).toContain(
      '<system-out>348 of 3,600 did not hold (9.7 %); no threshold was crossed by it</system-out>',
    )
  }
  expect(junitReport({ record: { ...cut, verdict: 'fail' } })).not.toContain('name="run passes"')
})
