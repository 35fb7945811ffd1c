import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { boundOver } from './bounds.ts'
import { ABOUT } from '../../../test/doubles/about.ts'
import { ruleFiles } from './index.ts'

interface Rule {
  record?: string
  alert?: string
  expr: string
  for?: string
  labels?: Record<string, string>
}
const files = ruleFiles(ABOUT)
const textOf = (name: string): string => files.find(({ path }) => path === `rules/${name}.yaml`)?.text ?? ''
const rulesIn = (name: string): Rule[] =>
  (parse(textOf(name)) as { groups: { rules: Rule[] }[] }).groups.flatMap(({ rules }) => rules)
const limit = (name: string, threshold: string): string | undefined =>
  rulesIn(name).find(({ alert, labels }) => alert && labels?.slo?.endsWith(threshold))?.expr

test('limits are those of the suite: milliseconds as seconds, other units as they are', () => {
  expect(limit('native', ' p(95)<800')).toMatch(/^loadwright:slo:value\{.*\} > 0\.8$/)
  expect(limit('native', ' avg<300')).toMatch(/ > 0\.3$/)
  expect(limit('native', ' med>10')).toMatch(/ < 10$/)
  expect(limit('runs', ' rate>0.95')).toMatch(/ < 0\.95$/m)
})

test('in the classic form a limit is the next bound beyond it', () => {
  expect(limit('classic', ' p(95)<800')).toMatch(/ > 1$/)
  expect(textOf('classic')).toContain('# 0.8 lies between two buckets; beyond 1 it is sure.')
  expect([boundOver(0.5, 's', '<'), boundOver(0.6, 's', '<'), boundOver(0.6, 's', '>')]).toEqual([
    0.5, 1, 0.5,
  ])
  expect([boundOver(1000, 's', '<'), boundOver(2000, 'bytes', '<'), boundOver(10, 'EUR', '>')]).toEqual([
    1000, 4096, 4,
  ])
})

test('what cannot be an alert is said', () => {
  expect(textOf('native')).toContain('# Judged by k6 alone: http_req_duration{phase:steady} max<5000')
  expect(textOf('native')).toContain('no table declares the tag colour of http_req_duration')
  expect(textOf('runs')).toContain('# Judged by k6 at the end alone: http_reqs count>0')
})

test('no rule has a variable of a dashboard, or k6’s own gauges of Rates', () => {
  for (const { expr } of files.flatMap(({ path }) => rulesIn(path.slice('rules/'.length, -'.yaml'.length))))
    expect(expr).not.toMatch(/\$|_rate\b/)
})

test('a record is made once under its labels, and alerts wait for two pushes', () => {
  for (const name of ['runs', 'native', 'classic', 'monitors']) {
    const records = rulesIn(name).flatMap(({ record, labels }) =>
      record ? [JSON.stringify([record, labels])] : [],
    )
    expect(new Set(records).size).toBe(records.length)
    for (const rule of rulesIn(name))
      if (rule.alert && rule.alert !== 'Watchdog') expect(rule.for).toMatch(/^(10s|5m|10m)$/)
  }
})

test('a limit of a run must be passed for a tenth of what is judged, ten seconds to a minute', () => {
  const waits = (judged?: number): string[] => {
    const slos = ABOUT.slos.map((slo) => ({ ...slo, ...(judged && { judged }) }))
    const text = ruleFiles({ ...ABOUT, slos }).find(({ path }) => path.includes('native'))?.text ?? ''
    return [...new Set(text.match(/for: \d+[sm]$/gm)?.filter((one) => one !== 'for: 5m'))]
  }
  const MINUTE = 60_000
  expect([undefined, 20_000, 70_000, 5 * MINUTE, 120 * MINUTE].map(waits)).toEqual([
    ['for: 10s'],
    ['for: 10s'],
    ['for: 10s'],
    ['for: 30s'],
    ['for: 1m'],
  ])
})

test('a monitor waits for two of its own intervals', () => {
  const monitors = [{ job: 'shop', instance: 'https://shop.example.com', every: 3_600_000 }]
  const text = ruleFiles({ ...ABOUT, monitors }).find(({ path }) => path.includes('monitors'))?.text
  expect(text).toMatch(/for: (2h|120m)/)
  expect(textOf('monitors')).toContain('probe_success{job="shop",instance="https://shop.example.com"}')
})

test('each alert says in docs/alerts.md what to do', () => {
  const page = readFileSync(new URL('../../../docs/alerts.md', import.meta.url), 'utf8')
  const anchors = Array.from(page.matchAll(/^## (.*)$/gm), ([, title = '']) => title.toLowerCase())
  for (const { text } of files)
    for (const [, anchor] of text.matchAll(/runbook_url: https:\S+\/docs\/alerts\.md#(\S+)/g))
      expect(anchors).toContain(anchor)
})
