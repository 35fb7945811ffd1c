/* eslint-disable -- a script that k6 itself runs */
// @ts-nocheck
import exec from 'k6/execution'
import http from 'k6/http'
import { check, group } from 'k6'
import { Trend } from 'k6/metrics'
import { SharedArray } from 'k6/data'

const trend = new Trend('some_trend', true)
export const options = {
  vus: 1,
  iterations: 2,
  tags: { run: 'r' },
  thresholds: { some_trend: ['p(95)<100'] },
}

function lookFurther(where) {
  attempt(where + ' instance keys', () => Object.keys(exec.instance).sort())
  attempt(where + ' instance', () => [exec.instance.vusActive, exec.instance.vusInitialized])
  attempt(where + ' iterationsCompleted', () => exec.instance.iterationsCompleted)
  attempt(where + ' __VU', () => __VU)
}

function look(where) {
  attempt(where + ' http', () => typeof http.get(__ENV.TARGET + '/').status)
  attempt(where + ' batch', () => typeof http.batch([__ENV.TARGET + '/'])[0].status)
  attempt(where + ' asyncRequest', () => typeof http.asyncRequest('GET', __ENV.TARGET + '/').then)
  attempt(where + ' cookieJar', () => Object.keys(http.cookieJar()))
  attempt(where + ' CookieJar', () => Object.keys(new http.CookieJar()))
  attempt(where + ' check', () => check(1, { a: true }))
  attempt(where + ' group', () => group('a', () => 'b'))
  attempt(where + ' add', () => trend.add(1))
  attempt(where + ' Trend', () => Object.keys(new Trend('some_trend', true)))
  attempt(where + ' SharedArray', () => new SharedArray('x', () => [1]).length)
  attempt(where + ' scenario', () => typeof exec.scenario)
  attempt(where + ' scenario.name', () => exec.scenario.name)
  attempt(where + ' scenario.executor', () => exec.scenario.executor)
  attempt(where + ' scenario.startTime', () => Number.isInteger(exec.scenario.startTime))
  attempt(where + ' scenario.iterationInTest', () => exec.scenario.iterationInTest)
  attempt(where + ' scenario keys', () => Object.keys(exec.scenario).sort())
  // Init of a planned VU sees more than the first one; the double's init is the first.
  if (where !== 'init') lookFurther(where)
  attempt(where + ' vu', () => [exec.vu.idInTest, exec.vu.idInInstance, exec.vu.iterationInScenario])
  attempt(where + ' vu keys', () => Object.keys(exec.vu).sort())
  attempt(where + ' tags', () => Object.assign({}, exec.vu.metrics.tags))
  attempt(where + ' metadata', () => Object.assign({}, exec.vu.metrics.metadata))
  attempt(where + ' test keys', () => Object.keys(exec.test).sort())
  attempt(where + ' options', () => exec.test.options)
  attemptNamed(where + ' __ITER', () => __ITER)
  attempt(where + ' env', () => [typeof __ENV.TARGET, typeof __ENV.NOPE])
  if (where !== 'init') attempt(where + ' require', () => typeof require('k6'))
  if (where !== 'init') attempt(where + ' open', () => typeof open('x'))
}

attempt('init fail', () => exec.test.fail('x'))
look('init')

export function setup() {
  look('setup')
  return { a: undefined, b: [1, { c: null }] }
}

export default function (data) {
  look('iteration')
  say('data', data)
  attempt('fail', () => exec.test.fail('just so'))
  attemptNamed('frozen options', () => {
    exec.test.options.scenarios.default.vus = 3
  })
  attemptNamed('frozen options, new', () => {
    exec.test.options.nothing = 3
  })
  attempt('read-only exec', () => {
    exec.vu = 3
  })
  attempt('read-only scenario', () => {
    exec.scenario.name = 3
  })
}

export function handleSummary() {
  look('handleSummary')
  return {}
}
