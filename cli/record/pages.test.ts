import { expect, test } from 'vitest'
import { decodeWrite, encodeWrite, histogramOf, type Labels } from '../prometheus/index.ts'
import { pageRequests, pagesOf } from './pages.ts'
import { createStore } from './store.ts'
import { ratingOf, WEB_VITALS } from './webVitals.ts'

const store = createStore()
const add = (name: string, values: number[], labels: Labels, at = 1): void => {
  const histograms = [{ at, value: histogramOf(values) }]
  store.add(decodeWrite(encodeWrite([{ name: `k6_${name}`, labels, samples: [], histograms }])))
}
const home = { journey: 'buy', name: 'home', phase: 'steady' }
add('browser_web_vital_lcp_seconds', [3, 3.1, 3.2], { ...home, rating: 'needs-improvement' }, 2)
add('browser_web_vital_lcp_seconds', [1], { ...home, rating: 'good' }, 2)
add('browser_web_vital_lcp_seconds', [9, 9, 9, 9], { ...home, phase: 'warm-up' })
add('browser_web_vital_cls', [0.3], { ...home, name: 'cart', rating: 'poor' }, 3)
add('browser_http_req_duration_seconds', [0.1, 0.1], { ...home, status: '200' })
add('browser_http_req_duration_seconds', [0.1], { ...home, status: '503' })
add('browser_http_req_duration_seconds', [0.1], { ...home, name: 'third party', status: '0' })
add('browser_http_req_duration_seconds', [0.1], { ...home, name: 'third party', phase: 'warm-up' })

test('pages come in the order of visits, each with the 75th percentile of all of its ratings in the judged phases', () => {
  const pages = pagesOf(store, ['steady'])
  expect(pages.map(({ page }) => page)).toEqual(['home', 'cart'])
  const [lcp] = pages[0]?.vitals ?? []
  expect(lcp).toMatchObject({ metric: 'browser_web_vital_lcp', count: 4, rating: 'needs improvement' })
  expect(lcp?.p75).toBeGreaterThan(2900)
  expect(lcp?.p75).toBeLessThan(3300)
  expect(pages[1]?.vitals).toMatchObject([{ metric: 'browser_web_vital_cls', count: 1, rating: 'poor' }])
  expect(pages[1]?.vitals[0]?.p75).toBeCloseTo(0.3, 1)
})

test('requests are told by name, and those failed that had no answer or an error', () => {
  expect(pageRequests(store, ['steady'])).toMatchObject([
    { name: 'home', count: 3, failed: 1 },
    { name: 'third party', count: 1, failed: 1 },
  ])
  expect(pageRequests(store, [])).toMatchObject([{ count: 3 }, { count: 2, failed: 2 }])
})

test.each(WEB_VITALS)('$name: a limit itself is of the better band', (vital) => {
  const { good, poor } = vital
  expect([good, poor, poor * 1.01].map((value) => ratingOf(vital, value))).toEqual([
    ...['good', 'needs improvement', 'poor'],
  ])
})
