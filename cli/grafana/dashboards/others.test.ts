import { describe, expect, test } from 'vitest'
import { parser } from '@prometheus-io/lezer-promql'
import type { DashboardOptions, Slo } from '../about.ts'
import { classic } from '../dialects/classic.ts'
import { influxdb } from '../dialects/influxdb.ts'
import { native } from '../dialects/native.ts'
import { otel } from '../dialects/otel.ts'
import { metricsOf } from '../metrics.ts'
import { dashboardParts } from '../panelsOf.ts'
import type { Dashboard, Panel, PanelTarget } from '../schema.ts'
import { compareDashboard } from './compare.ts'
import { continuousDashboard } from './continuous.ts'
import { historyDashboard } from './history.ts'

const OWN = [
  { name: 'shop_orders', kind: 'counter', meaning: 'Orders', suite: 'shop' },
  { name: 'shop_success', kind: 'rate', meaning: 'Share of orders', suite: 'shop' },
  { name: 'shop_duration', kind: 'trend', unit: 'ms', meaning: 'Time of an order', suite: 'shop' },
] as const
const slo = (key: string, stat: string, limit: number, tags: Record<string, string> = {}): Slo => ({
  suite: 'shop',
  key,
  threshold: `${stat}<${String(limit)}`,
  metric: key,
  tags,
  stat,
  operator: '<',
  limit,
  ...(stat === 'rate' ? { kind: 'rate' } : { kind: 'trend', unit: 'ms' }),
})
const SLOS = [
  slo('http_req_duration', 'p(95)', 750, { journey: 'buy', phase: 'steady' }),
  slo('http_req_failed', 'rate', 0.01, { phase: 'steady' }),
]
const metrics = metricsOf(OWN)
const DIALECTS = [native, classic, otel, influxdb].map((dialect) => dialect(metrics))
const making = (dialect: DashboardOptions['dialect'], slos: readonly Slo[] = SLOS): DashboardOptions => ({
  metrics,
  own: OWN,
  slos,
  dialect,
})
const MAKERS = { compare: compareDashboard, history: historyDashboard, continuous: continuousDashboard }
const EACH = DIALECTS.flatMap((dialect) =>
  Object.entries(MAKERS).map(([name, make]) => [name, dialect.name, make(making(dialect))] as const),
)
const BOUNDS = { compare: [1000, 2000], history: [2000, 3000], continuous: [3000, 4000] } as const

const panelsOf = (dashboard: Dashboard): Panel[] => dashboardParts(dashboard).panels
const targetsOf = (panel: Panel | undefined): PanelTarget[] => (panel?.targets ?? []) as PanelTarget[]
const panel = (dashboard: Dashboard, id: number): Panel | undefined =>
  panelsOf(dashboard).find((one) => one.id === id)
const exprs = (dashboard: Dashboard): string[] =>
  panelsOf(dashboard).flatMap((one) =>
    targetsOf(one).flatMap(({ expr }) => (typeof expr === 'string' ? [expr] : [])),
  )
const named = (name: keyof typeof MAKERS, dialect: string): Dashboard => {
  const found = EACH.find(([one, of]) => one === name && of === dialect)
  if (!found) throw new Error(`${name} ${dialect}`)
  return found[2]
}

/** As Grafana fills a query in before it asks. */
const filled = (query: string): string =>
  query
    .replace(/\$__(rate_interval|interval|range)/g, '5m')
    .replace(/\$\{(base|candidate)_(start|end)\}/g, '1763000000')
    .replace(/\$\{(shift|week|lookback)\}/g, '30')

const errorsIn = (query: string): string[] => {
  const errors: string[] = []
  const text = filled(query)
  parser.parse(text).iterate({
    enter({ type, from }) {
      if (type.isError) errors.push(`${text.slice(0, from)} ⟵ ${text.slice(from)}`)
    },
  })
  return errors
}

describe.each(EACH)('%s, %s', (name, dialect, dashboard) => {
  const panels = panelsOf(dashboard)

  test('panels have ids of this dashboard, each once, and say what they show', () => {
    const ids = [...panels, ...dashboardParts(dashboard).rows].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const titles = panels.map(({ title }) => title)
    expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([])
    const [from, to] = BOUNDS[name as keyof typeof BOUNDS]
    expect(ids.filter((id) => (id < from || id >= to) && id < 10_000)).toEqual([])
    const asking = panels.filter(({ type }) => type !== 'text')
    expect(asking.filter((one) => !one.description || !one.fieldConfig?.defaults.unit)).toEqual([])
    expect(asking.filter((one) => targetsOf(one).length === 0)).toEqual([])
  })

  test('every query of PromQL parses, and asks only of variables that there are', () => {
    expect(exprs(dashboard).flatMap(errorsIn)).toEqual([])
    const known = dashboard.templating?.list?.map((variable) => variable.name) ?? []
    const asked = JSON.stringify(dashboard).matchAll(/\$\{(\w+)(?::\w+)?\}|\$(\w+)/g)
    const unknown = [...asked]
      .map(([, braced, bare]) => braced ?? bare ?? '')
      .filter((one) => !/^(__|tag_|timeFilter)/.test(one) && !known.includes(one))
    expect(new Set(unknown)).toEqual(new Set())
  })

  test('is asked in its own language alone', () => {
    if (dialect === 'influxdb') expect(exprs(dashboard)).toEqual([])
    else expect(exprs(dashboard).length).toBeGreaterThan(5)
  })
})

describe('compare', () => {
  test('moves the base onto the candidate’s time, and marks it', () => {
    const one = panel(named('compare', 'native'), 1201)
    const [candidate, base, ...noise] = targetsOf(one).map(({ legendFormat, expr }) => [legendFormat, expr])
    expect([candidate, base]).toEqual([
      ['candidate', expect.stringContaining('testid=~"$candidate"') as string],
      ['base', expect.stringMatching(/testid=~"\$base".*\] offset \$\{shift\}s/) as string],
    ])
    expect(targetsOf(one)[0]?.expr).not.toContain('offset')
    expect(noise.map(([, expr]) => expr)).toEqual([
      `(${String(base?.[1])}) * (1 + 0.05)`,
      `(${String(base?.[1])}) * (1 - 0.05)`,
    ])
    expect(JSON.stringify(one?.fieldConfig?.overrides)).toContain('"dash"')
  })

  test('in InfluxQL draws each run by itself: nothing can be moved there', () => {
    const dashboard = named('compare', 'influxdb')
    expect([1201, 1202].map((id) => targetsOf(panel(dashboard, id)).length)).toEqual([1, 1])
    expect(dashboard.templating?.list?.map(({ name }) => name)).not.toContain('shift')
  })

  test('whole runs are asked at their ends, whatever is shown', () => {
    for (const dialect of ['native', 'classic', 'otel'])
      for (const id of [1101, 1102])
        for (const { expr } of targetsOf(panel(named('compare', dialect), id))) {
          expect(expr).toMatch(/\[1d\] @ \$\{(base|candidate)_end\}/)
          expect(expr).not.toMatch(/__range/)
        }
  })

  test('a table’s differences are made of columns that it has', () => {
    for (const dialect of ['native', 'influxdb']) {
      const one = panel(named('compare', dialect), 1101)
      const columns = new Set<unknown>()
      for (const { id, options } of one?.transformations ?? []) {
        const { renameByName, alias, binary, indexByName } = options as Record<
          string,
          Record<string, unknown>
        >
        if (id === 'organize') for (const name of Object.values(renameByName ?? {})) columns.add(name)
        if (id === 'calculateField') {
          expect(columns).toContain(binary?.left)
          expect(columns).toContain(binary?.right)
          columns.add(alias)
        }
        const ordered = Object.keys(indexByName ?? {})
        if (ordered.length > 0) expect(new Set([...columns, 'journey', 'step'])).toEqual(new Set(ordered))
      }
      expect(columns).toContain('p95 Δ %')
      expect(targetsOf(one)).toHaveLength(8)
    }
  })

  test('an author’s metrics have a panel each', () => {
    const business = panelsOf(named('compare', 'native')).filter(({ id }) => id >= 10_000)
    expect(business.map(({ title }) => title)).toEqual([
      'Orders, per second',
      'Share of orders',
      'Time of an order, p95',
    ])
  })

  test('variables that hold a number ask for it, and an offset is never nothing', () => {
    const list = named('compare', 'classic').templating?.list ?? []
    const query = (name: string): string =>
      String((list.find((one) => one.name === name)?.query as { query: string } | undefined)?.query)
    for (const name of ['base_start', 'base_end', 'candidate_start', 'candidate_end', 'shift']) {
      const inner = /^query_result\((.*)\)$/.exec(query(name))?.[1] ?? '<'
      expect(errorsIn(inner)).toEqual([])
    }
    expect(query('shift')).toContain('!= 0 or vector(1)')
    expect(query('base_end')).toContain('timestamp(k6_vus{testid=~"$base"})')
    const { regex = '' } = list.find(({ name }) => name === 'shift') as { regex?: string }
    // As Grafana has an answer: labels, value, time.
    expect(new RegExp(regex.slice(1, -1)).exec('{} -46 1763790000000')?.[1]).toBe('-46')
  })
})

describe('history', () => {
  test('a point is one sample of one run, with the labels of its run', () => {
    const [first] = targetsOf(panel(named('history', 'native'), 2101))
    expect(first?.expr).toBe(
      'last_over_time(loadwright_run_http_req_duration_seconds{journey="",quantile="0.5"}[$__interval]) * on (testid) ' +
        'group_left (version, git_commit, git_branch, environment, profile) topk by (testid) (1, ' +
        'last_over_time(loadwright_run_info{suite=~"$suite",environment=~"$environment",profile=~"$profile",git_branch=~"$branch"}[$__interval]))',
    )
  })

  test('an SLO is a line in the unit of its panel, of its journey alone', () => {
    const lines = (id: number): unknown[] =>
      targetsOf(panel(named('history', 'native'), id))
        .filter(({ legendFormat }) => String(legendFormat).startsWith('SLO'))
        .map(({ legendFormat, expr }) => [legendFormat, String(expr).slice(0, 10)])
    expect(lines(2101)).toEqual([])
    expect(lines(2102)).toEqual([['SLO shop buy p(95)<750', '0.75 + 0 *']])
    expect(lines(2201)).toEqual([['SLO shop rate<0.01', '0.01 + 0 *']])
  })

  test('a run’s row leads to it and to its comparison, at its own time', () => {
    const overrides = JSON.stringify(panel(named('history', 'classic'), 2003)?.fieldConfig?.overrides)
    expect(overrides).toContain(
      '/d/loadwright-run-classic?var-datasource=${datasource}&var-testid=${__data.fields.run}' +
        '&from=${__data.fields.began.numeric}&to=${__data.fields.ended.numeric}',
    )
    expect(overrides).toContain('var-base=${base}&var-candidate=${__data.fields.run}')
  })

  test('what loadwright does not write for a naming is not asked', () => {
    for (const dialect of ['otel', 'influxdb'])
      for (const name of ['history', 'compare', 'continuous'] as const)
        expect(
          panelsOf(named(name, dialect)).flatMap((one) =>
            targetsOf(one).filter((target) => JSON.stringify(target).includes('loadwright_run')),
          ),
        ).toEqual([])
    expect(panel(named('history', 'otel'), 2501)?.type).toBe('text')
    expect(targetsOf(panel(named('history', 'influxdb'), 2602))[0]?.query).toContain('AS "Value #A"')
  })
})

describe('continuous', () => {
  test('canary runs are told by their info, which is never multiplied onto histograms', () => {
    const [first] = targetsOf(panel(named('continuous', 'native'), 3111))
    expect(first?.expr).toBe(
      'label_replace(histogram_quantile(0.95, sum by (journey) (rate(k6_http_req_duration_seconds{journey=~"$journey"}[$__rate_interval]) ' +
        'and on (testid) (last_over_time(loadwright_run_info{profile="canary",suite=~"$suite",environment=~"$environment"}[15m])))), ' +
        '"journey", "no journey", "journey", "")',
    )
  })

  test('a week before, series and info are both moved', () => {
    const [, before] = targetsOf(panel(named('continuous', 'classic'), 3203))
    expect(String(before?.expr).match(/offset \$\{week\}s/g)).toHaveLength(2)
  })

  test('monitors are asked of their own data source, and their gauges never as counters', () => {
    const monitors = panelsOf(named('continuous', 'otel')).filter(({ id }) => id >= 3502)
    const targets = monitors.flatMap(targetsOf)
    expect(new Set(targets.map(({ datasource }) => datasource.uid))).toEqual(new Set(['${monitors}']))
    expect(targets.filter(({ expr }) => /\b(rate|increase)\(/.test(String(expr)))).toEqual([])
    expect(targets.filter(({ expr }) => !String(expr).includes('probe_'))).toEqual([])
  })

  test('without thresholds nothing is drawn as one', () => {
    const [dialect] = DIALECTS
    const bare = continuousDashboard(making(dialect as DashboardOptions['dialect'], []))
    expect(exprs(bare).filter((expr) => expr.includes('+ 0 * max'))).toEqual([])
  })
})
