import { expect, test } from 'vitest'
import type { DashboardOptions, Slo } from '../about.ts'
import { classic } from '../dialects/classic.ts'
import { influxdb } from '../dialects/influxdb.ts'
import { native } from '../dialects/native.ts'
import { otel } from '../dialects/otel.ts'
import { metricsOf, type MetricDeclaration } from '../metrics.ts'
import { panelsOf } from '../panelsOf.ts'
import type { Dialect } from '../question.ts'
import type { Panel } from '../schema.ts'
import { runDashboard } from './run.ts'

const OWN: MetricDeclaration[] = [
  { name: 'shop_paid', kind: 'rate', meaning: 'Visits that paid' },
  { name: 'shop_pay_time', kind: 'trend', meaning: 'Time of paying', unit: 'ms' },
  { name: 'shop_basket', kind: 'trend', meaning: 'Value of a basket', unit: 'EUR' },
  { name: 'shop_orders', kind: 'counter', meaning: 'Orders', by: ['currency'] },
  { name: 'shop_stock', kind: 'gauge', meaning: 'Stock', by: [] },
]
const METRICS = metricsOf(OWN)
const slo = (metric: string, kind: Slo['kind'], threshold: string, tags: Slo['tags'] = {}): Slo => {
  const [, stat = '', operator, limit] = /^(.+?)([<>]=?)(.+)$/.exec(threshold) ?? []
  const { unit } = METRICS[metric] ?? {}
  const key = `${metric}${JSON.stringify(tags)}`
  return {
    suite: 'shop',
    key,
    threshold,
    metric,
    kind,
    tags: { ...tags, phase: 'steady' },
    stat,
    operator: operator as Slo['operator'],
    limit: Number(limit),
    ...(unit ? { unit } : {}),
  }
}
const SLOS = [
  slo('http_req_duration', 'trend', 'p(95)<500', { journey: 'browse' }),
  slo('http_req_duration', 'trend', 'p(95)<800', { journey: 'pay' }),
  slo('http_req_duration', 'trend', 'p(95)<300', { name: 'home' }),
  slo('checks', 'rate', 'rate>0.99'),
  slo('shop_paid', 'rate', 'rate>=0.9'),
  slo('shop_pay_time', 'trend', 'p(95)<700'),
]

const make = (dialect: (metrics: DashboardOptions['metrics']) => Dialect) => {
  const own = OWN.map((one) => ({ ...one, suite: 'shop' }))
  return runDashboard({
    metrics: METRICS,
    own,
    slos: SLOS,
    dialect: dialect(METRICS),
  })
}
type Made = ReturnType<typeof make>
const panelOf = (made: Made, title: string): Panel => {
  const found = panelsOf(made).find((panel) => panel.title === title)
  if (!found) throw new Error(`no panel ${title}`)
  return found
}
const titlesOf = (made: Made): string[] => panelsOf(made).map(({ title }) => title)
const stepsOf = (panel: Panel): string[] =>
  (panel.fieldConfig?.defaults.thresholds?.steps ?? []).map(({ color, value }) => `${color} ${String(value)}`)

const NATIVE = make(native)
const MADE = [native, classic, otel, influxdb].map((dialect) => make(dialect))

test.each(MADE)(
  '$title: panels have ids of their own, units, descriptions, data sources and queries',
  (made) => {
    const panels = panelsOf(made)
    const ids = [...panels, ...(made.panels ?? [])].map(({ id }) => id)
    expect(new Set([...ids]).size).toBe(new Set([...panels, ...(made.panels ?? [])]).size)
    for (const { id, title, description, fieldConfig, targets = [] } of panels) {
      expect.soft([title, (id < 1000 && id > 100) || id >= 10_000]).toEqual([title, true])
      expect
        .soft([title, description?.endsWith('.'), (description ?? '').length <= 400])
        .toEqual([title, true, true])
      expect.soft([title, fieldConfig?.defaults.unit]).toEqual([title, expect.any(String)])
      expect.soft([title, targets.length > 0]).toEqual([title, true])
    }
  },
)

test.each(MADE)('$title: each variable of a query is there', (made) => {
  const names = made.templating?.list?.map(({ name }) => name) ?? []
  const used = [...JSON.stringify(made).matchAll(/\$\{?([a-z]\w*)/g)].map(([, name = '']) => name)
  expect(
    used.filter((name) => !names.includes(name) && name !== 'timeFilter' && !name.startsWith('tag_')),
  ).toEqual([])
})

test('what a naming cannot answer is left out, and nothing else', () => {
  const all = titlesOf(NATIVE)
  const written = ['Verdict', 'Why', 'Thresholds', 'Failing checks', 'Run', 'Phases']
  const without = (made: Made) => all.filter((title) => !titlesOf(made).includes(title))
  expect(MADE.map((made) => [made.uid, without(made)])).toEqual([
    ['loadwright-run-native', []],
    ['loadwright-run-classic', []],
    ['loadwright-run-otel', written],
    ['loadwright-run-influxdb', written],
  ])
  expect(MADE.map(({ templating }) => templating?.list?.some(({ name }) => name === 'environment'))).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test('SLOs colour the panels that they are about', () => {
  const steps = (title: string) => stepsOf(panelOf(NATIVE, title))
  expect(steps('p95 of requests by journey')).toEqual(['green null', 'yellow 0.5', 'red 0.8'])
  expect(steps('${quantile:text} of requests by name')).toEqual(['green null', 'red 0.3'])
  expect(steps('p95 of requests')).toEqual([])
  expect(steps('Visits that paid')).toEqual(['red null', 'green 0.9'])
  expect(steps('Time of paying')).toEqual(['green null', 'red 0.7'])
  expect(panelOf(NATIVE, 'Time of paying').description).toContain('p(95)<700')
})

test('a tile is coloured by thresholds of the run itself where they are written, else by those of the suite', () => {
  for (const made of MADE) {
    const { fieldConfig, targets: [target] = [] } = panelOf(made, 'Passed checks')
    const expr = (target as { expr?: string }).expr ?? ''
    if (!/native|classic/.test(made.uid ?? '')) {
      expect(stepsOf(panelOf(made, 'Passed checks'))).toEqual(['red null', 'green 0.99'])
      continue
    }
    expect(fieldConfig?.defaults.color).toEqual({ mode: 'fixed', fixedColor: 'text' })
    expect(fieldConfig?.overrides.map(({ matcher }) => matcher.options)).toEqual(['crossed', 'held'])
    expect(expr).toContain('loadwright_run_threshold_held{testid=~"$testid",metric="checks"}')
  }
})

test('each of the author’s own metrics has a panel in its unit', () => {
  const own = OWN.map(({ meaning }) => panelOf(NATIVE, meaning))
  expect(
    own.map(({ title, fieldConfig, targets = [] }) => [title, fieldConfig?.defaults.unit, targets.length]),
  ).toEqual([
    ['Visits that paid', 'percentunit', 1],
    ['Time of paying', 's', 3],
    ['Value of a basket', 'currencyEUR', 3],
    ['Orders', 'cps', 2],
    ['Stock', 'short', 1],
  ])
})

test('a heatmap says that its query gives buckets, native or not', () => {
  const heat = (made: Made) => {
    const { options, targets: [target] = [] } = panelOf(made, 'Times of requests')
    return [(options as { calculate: boolean }).calculate, (target as { format?: string }).format]
  }
  expect(MADE.slice(0, 3).map(heat)).toEqual([
    [false, 'time_series'],
    [false, 'heatmap'],
    [false, 'heatmap'],
  ])
})

test('the system under test is asked in a Prometheus of its own, whatever k6 wrote to', () => {
  for (const made of MADE) {
    const { datasource, targets = [] } = panelOf(made, 'CPU')
    expect([datasource, ...targets.map((target) => (target as { datasource: unknown }).datasource)]).toEqual(
      Array(2).fill({ type: 'prometheus', uid: '${system}' }),
    )
  }
})

test('links lead to the comparison and to traces, with the run in them', () => {
  expect(panelOf(NATIVE, 'Requests').links?.[0]?.url).toBe(
    '/d/loadwright-compare-native?var-datasource=${datasource}&var-candidate=${testid}&from=${__from}&to=${__to}',
  )
  const url = panelOf(NATIVE, 'Failed requests').links?.[0]?.url ?? ''
  const panes = JSON.parse(decodeURIComponent(/panes=(.*)$/.exec(url)?.[1] ?? '')) as {
    run: { datasource: string; queries: { query: string }[] }
  }
  expect(panes.run.datasource).toBe('${traces}')
  expect(panes.run.queries[0]?.query).toBe('{ resource.testid = "${testid}" && status = error }')
  // Grafana replaces variables only where they are written plainly.
  expect(url).toContain('${testid}')
})
