import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { clustersOf } from '../../cli/verdict/forensics/clusters.ts'
import { readConsole } from '../../cli/k6/console.ts'
import { explained, type Trouble } from './explained.ts'
import { bundle, k6, project, shop } from './harness.ts'

const LOAD = { PROFILE: 'load', RAMP_UP: '2s', WARM_UP: '2s', DURATION: '9s', RAMP_DOWN: '1s' }
const RAMP = { PROFILE: 'load', RAMP_UP: '13s', WARM_UP: '0s', DURATION: '2s', RAMP_DOWN: '1s', RATE: '20' }

interface Fault {
  name: string
  load: Record<string, string>
  faults?: string[]
  troubles?: Trouble[]
  says: RegExp
}

/** What is wrong with the shop, and the sentence that must say so. */
const FAULTS: Fault[] = [
  {
    name: 'two bad rows',
    load: LOAD,
    faults: ['missing-products=OLJCESPC7Z,66VCHSJNUP'],
    says: /^all \d+ failures carry 2 of the 9 rows of products: (OLJCESPC7Z, 66VCHSJNUP|66VCHSJNUP, OLJCESPC7Z)$/,
  },
  {
    name: 'one slow step',
    load: LOAD,
    faults: ['latency=/product:400'],
    says: /^p\(95\) of journey browse is \d+ ms: 9\d % of it is in step view$/,
  },
  {
    name: 'errors above a rate',
    load: RAMP,
    faults: ['errors-above=35:0.6'],
    says: /^all \d+( or more)? failures .*(from|between) 00:00:.*when the rate (passed|was over) [2-4]\d\/s: status 503$/,
  },
  {
    name: 'a burst',
    load: LOAD,
    troubles: [
      { after: 5, faults: ['errors-above=0.1:1'] },
      { after: 7, faults: [] },
    ],
    // A busy machine that makes up for iterations which came late has a higher rate just then: that is told, too.
    says: /^(all|9\d % of) \d+( or more)? failures .*between 00:00:(?<from>\d\d) and 00:00:\d\d(: a burst of|, when the rate was over \d+\/s:) status 503$/,
  },
  {
    name: 'a target that dies',
    load: LOAD,
    troubles: [{ after: 6, dies: true }],
    says: /^(all|9\d % of) \d+( or more)? failures .*from 00:00:(?<from>\d\d) on, when the target stopped answering: connection (refused|reset)$/,
  },
]

// Two at a time: with more of them, what is slow is the machine and not the shop.
for (const pair of [FAULTS.slice(0, 2), FAULTS.slice(2, 4), FAULTS.slice(4)])
  describe('the sentence names the cause of', () => {
    test.concurrent.each(pair)('$name', async ({ load, faults, troubles, says }) => {
      const { explanations, came } = await explained(load, faults, troubles)
      expect(explanations[0]).toMatch(says)
      if (troubles === undefined) return
      // On a busy machine the trouble itself comes late. Times are told in whole seconds, of windows of one.
      const from = Number(says.exec(explanations[0] ?? '')?.groups?.from)
      const [began = NaN, ended = Infinity] = came
      expect(from).toBeGreaterThan(began - 2)
      expect(from).toBeLessThan(ended + 1)
    })
  })

test('an outage of 100,000 failures costs kilobytes of console', async () => {
  const script = `import { check, client, journey, settings, status, suite } from 'loadwright'
import { perVUIterations } from 'loadwright/scenarios'
const api = client(settings().BASE_URL)
const outage = journey('outage', () => {
  const response = api.get('/product/NONE', { name: 'product' })
  for (let i = 0; i < 2000; i++) check(response, { ['is up ' + (i % 10)]: status(200) })
})
const outages = suite({ name: 'outages', scenarios: { all: perVUIterations(outage, { vus: 10, iterations: 5 }) } })
export const { options, setup, teardown, handleSummary } = outages
export default outages
`
  const place = project({ 'suites/outages.js': script })
  const [url, code] = await Promise.all([shop('errors=*:1'), bundle('suites/outages.js', place)])
  const log = join(place, 'console.log')
  const { code: exit, err } = await k6(['run', '-e', `BASE_URL=${url}`, '--console-output', log, code])
  expect(exit, err).toBe(99)
  const text = readFileSync(log, 'utf8')
  expect(text.length / 1024).toBeLessThan(1024)
  const [outage, ...others] = clustersOf(readConsole(text).failures)
  expect(others).toEqual([])
  expect(outage?.consequences).toHaveLength(10)
})
