import { expect, test } from 'vitest'
import { HOSTILE, hostileReport } from '../../../test/doubles/hostileReport.ts'
import { fakeReport } from '../../../test/doubles/reportData.ts'
import { tooLong } from '../../../test/doubles/grafanaTags.ts'
import { markersOf } from './markers.ts'
import { regionsOf } from './regions.ts'
import { html, tag } from './words.ts'

const grafana = { url: 'https://g.example.com/grafana' }
const { record } = fakeReport()

test('a run is its start, its phases, its end, its verdict', () => {
  const markers = markersOf(record, grafana)
  const start = Date.UTC(2026, 10, 22, 9, 30)
  expect(
    markers.map(({ kind, time, timeEnd }) => [kind, (time - start) / 1000, (timeEnd - start) / 1000]),
  ).toEqual([
    ['start', 0, 0],
    ['phase', 0, 30],
    ['phase', 30, 60],
    ['phase', 60, 270],
    ['phase', 270, 300],
    ['end', 302, 302],
    ['verdict', 302, 302],
  ])
  const [first, , , steady] = markers
  expect(first?.tags).toEqual([
    ...['loadwright', 'testid:boutique-20261122T093000-1a2b', 'kind:start'],
    ...['suite:boutique', 'environment:staging', 'profile:load'],
  ])
  expect(steady?.tags).toContain('phase:steady')
  const url = `${grafana.url}/d/loadwright-run-native?var-testid=boutique-20261122T093000-1a2b&#38;from=${start}&#38;to=${start + 302_000}`
  const link = `<br><a href="${url}">boutique-20261122T093000-1a2b</a>`
  expect(markers.map(({ text }) => text.replace(link, ' @'))).toEqual([
    '<b>Run of boutique began</b> · load on staging · version shop 2.4.1 · commit 6c37b9d0c2 · branch main @',
    '<b>ramp-up</b> · 30s · browsers @',
    '<b>warm-up</b> · 30s · browsers @',
    '<b>steady</b> (judged) · 3m30s · browsers @',
    '<b>ramp-down</b> · 30s · browsers @',
    '<b>Run of boutique ended</b> · after 5m2s · 21502 requests · 10800 iterations (3 dropped) @',
    '<b>FAIL</b> · http_req_duration{journey:checkout,phase:steady}: p(95)&#60;800 was crossed (912.346); journey_failed{phase:steady}: rate&#60;0.01 was crossed (0.097) @',
  ])
})

test('a run that goes on has neither end nor verdict, and its link leads to now', () => {
  const markers = markersOf({ ...record, state: 'running' }, grafana, { naming: 'classic' })
  expect(new Set(markers.map(({ kind }) => kind))).toEqual(new Set(['start', 'phase']))
  expect(markers[0]?.text).toMatch(/\/d\/loadwright-run-classic\?.*to=now"/)
})

test('a baseline is a region over its run', () => {
  const baseline = markersOf(record, grafana, { baseline: true }).at(-1)
  expect(baseline).toMatchObject({
    kind: 'baseline',
    time: Date.parse(record.startedAt),
    timeEnd: Date.parse(record.endedAt ?? ''),
  })
  expect(baseline?.text).toMatch(
    /^<b>Baseline<\/b> \(fail\) · p95 415 ms · 21502 requests · version shop 2\.4\.1<br>/,
  )
})

test('scenarios that share a phase have one region; later ones have their own', () => {
  const at = (seconds: number): string => new Date(seconds * 1000).toISOString()
  const phase = (scenario: string, from: number) => ({
    scenario,
    phase: 'steady',
    from: at(from),
    to: at(from + 60),
    judged: true,
  })
  const regions = regionsOf([phase('late', 90), phase('a', 30), phase('b', 30)])
  expect(regions.map(({ scenarios, at }) => [scenarios, at])).toEqual([
    [['a', 'b'], 1],
    [['late'], 2],
  ])
  const phases = [phase('late', 90), phase('a', 30), phase('b', 30)]
  const tags = markersOf({ ...record, phases }, grafana).flatMap((one) =>
    one.kind === 'phase' ? [one.tags.slice(6)] : [],
  )
  expect(tags).toEqual([['phase:steady'], ['phase:steady', 'region:2']])
})

test('what comes from a target is data: bounded, one line, no markup, and what Grafana would keep as it is', () => {
  const { record: hostile } = hostileReport()
  const markers = markersOf({ ...hostile, id: 'hostile' }, grafana, { baseline: true })
  for (const { text, tags } of markers) {
    expect(text.replaceAll(/<\/?(b|a|br)( href="[^"<>]*")?>/g, '')).not.toMatch(/[<>"'`]/)
    expect(text.length).toBeLessThan(4000)
    expect(isWhole(text)).toBe(true)
    expect(tooLong(tags)).toBe(false)
    expect(tags.every((one) => one.split(':').length <= 2 && one === one.trim())).toBe(true)
  }
})

test('words are cut at whole characters', () => {
  const text = `${'x'.repeat(498)}😀😀`
  expect(isWhole(html(text))).toBe(true)
  expect(html(HOSTILE)).not.toContain('<')
  expect(tag('suite', ' a: b '.repeat(3))).toBe('suite:a_ b a_ b a_ b')
  expect(Buffer.byteLength(tag('suite', 'ä'.repeat(99)))).toBeLessThanOrEqual(70)
})

/** Without half characters, which JSON in Go does not keep. */
function isWhole(text: string): boolean {
  return !/[\ud800-\udfff]/u.test(text)
}
