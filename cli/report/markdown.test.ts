import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostileReport } from '../../test/doubles/hostileReport.ts'
import { fakeReport } from '../../test/doubles/reportData.ts'
import { markdownReport } from './markdown.ts'
import { markdownText } from './markdownText.ts'

const data = fakeReport()

const anyText = fc
  .array(fc.oneof(fc.nat(255), fc.nat(0xffff)), { maxLength: 40 })
  .map((codes) => String.fromCharCode(...codes))

test('verdict and reasons, explanations, thresholds, funnel, failures, origin', () => {
  expect(markdownReport(data)).toMatchInlineSnapshot(`
    "## ❌ FAIL · boutique · load · staging · https&#58;//shop.staging.example.com · scale 0.5

    - http_req_duration{journey:checkout,phase:steady}: p(95)&lt;800 was crossed (912.346)
    - journey_failed{phase:steady}: rate&lt;0.01 was crossed (0.097)

    ### What explains it

    - All 348 failures carry 2 of 10 product ids: OLJCESPC7Z, 66VCHSJNUP.

    ### Notes

    - k6’s p95 and the recorder’s differ by 3.1 %.

    ### Thresholds

    | Metric | Limit | Value | Margin | Result |
    | --- | ---: | ---: | ---: | ---: |
    | http_req_duration (journey: checkout, phase: steady) | p(95) &lt; 800 ms | 912 ms | 112 ms over (14 %) | ❌ crossed |
    | journey_failed (phase: steady) | rate &lt; 1 % | 9.7 % | 8.67 points over | ❌ crossed |
    | span_duration (span: price basket) | p(99) &lt; 20 ms | – |  | ❔ no samples |
    | http_req_duration (journey: browse, phase: steady) | p(95) &lt; 500 ms | 313 ms | 188 ms to spare (38 %) | ✅ held |
    | checks (phase: steady) | rate &gt; 99 % | 99.2 % | 0.2 points to spare | ✅ held |
    | http_reqs | rate &gt; 50/s | 71.2/s | 21.2/s to spare (42 %) | ✅ held |

    ### Funnel

    | Step | Reached | Of starts | p95 | Failed requests |
    | --- | ---: | ---: | ---: | ---: |
    | **browse** | 3,600 | started |  |  |
    | open home | 3,600 | 100 % | 60 ms | 0 % |
    | view product | 3,600 | 100 % | 100 ms | 0 % |
    | view cart | 3,600 | 100 % | 140 ms | 0 % |
    | completed | 3,600 | 100 % |  |  |
    | **checkout** | 3,600 | started |  |  |
    | open home | 3,600 | 100 % | 60 ms | 0 % |
    | add to cart | 3,600 | 100 % | 100 ms | 0 % |
    | place order | 3,252 | 90.3 % | 140 ms | 14 % |
    | completed | 3,252 | 90.3 % |  |  |
    | failed | 348 | 9.7 % |  |  |
    | **currency** | 3,600 | started |  |  |
    | open home | 3,600 | 100 % | 60 ms | 0 % |
    | set currency | 3,600 | 100 % | 100 ms | 0 % |
    | completed | 3,600 | 100 % |  |  |

    ### Failures by cause

    | Count | Where | What | How | What followed, what the body said | Rows |
    | --- | --- | --- | --- | --- | --- |
    | 348 | checkout › place order | order is accepted | expected status 200, got status 500 | rpc error: code = NotFound desc = product not found | boutique/products=OLJCESPC7Z, boutique/products=66VCHSJNUP |
    | ≥ 4 | browse › view product | request product failed | got ERR_NGROK_3004 |  |  |

    10,800 iterations, 3 dropped · 21,502 requests · 18,000 checks, 348 failed

    <sub>run boutique-20261122T093000-1a2b · commit 6c37b9d0c2 + changes · branch main · version shop 2.4.1 · by Ada Lovelace · k6 v2.2.0 · took 05:02 · <a href="https://ci.example.com/jobs/77">CI</a></sub>
    "
  `)
})

test('it is at most 60 KiB, and says when something is missing', () => {
  const [first] = data.record.failures
  const many = { ...data.record, explanations: Array.from({ length: 100 }, () => 'x'.repeat(2000)) }
  const long = markdownReport({ record: { ...many, failures: Array.from({ length: 50 }, () => first!) } })
  expect(Buffer.byteLength(long)).toBeLessThanOrEqual(60 * 1024)
  expect(long).toMatch(/Too long to show all of it: see report\.html\.\n$/)
  const causes = markdownReport({
    record: { ...data.record, failures: Array.from({ length: 50 }, () => first!) },
  })
  expect(causes).toContain('40 more causes in run.json.')
})

test('hostile names are text: no HTML, no table cell, no mention, no link, no code', () => {
  const report = markdownReport(hostileReport())
  expect(report.replaceAll(/<\/?sub>/g, '')).not.toMatch(/<(?!a href="https:\/\/ci)[a-z/!]/i)
  expect(report).not.toMatch(/@[a-z]|`|(?<!\\)\]\(|https?:\/\/evil|(?<!&)#\d/)
  const rows = report.split('\n').filter((line) => line.startsWith('| '))
  expect(new Set(rows.map((line) => line.split('|').length))).toEqual(new Set([7, 8]))
})

test('whatever a text is, it stays on its line and in its cell', () => {
  fc.assert(
    fc.property(anyText, (raw) => {
      const safe = markdownText(raw)
      expect(safe.replace(/\\[*[\]~$_]/g, '')).not.toMatch(/[\n\r`<>[\]*~|\\$]/)
    }),
  )
})

test('a run that has not ended says so first', () => {
  const report = markdownReport({ record: { ...data.record, state: 'running' } })
  expect(report).toMatch(
    /^## ⏳ NOT ENDED · boutique · load · staging · \S+ · scale 0\.5\n\nThis run is still running, or was killed/,
  )
})
