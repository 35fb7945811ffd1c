import type { About, Slo } from '../../cli/grafana/about.ts'
import { metricsOf, type MetricDeclaration } from '../../cli/grafana/metrics.ts'

const own: (MetricDeclaration & { suite: string })[] = [
  { suite: 'shop', name: 'shop_accepted', kind: 'rate', meaning: 'Orders the shop accepted' },
  { suite: 'shop', name: 'shop_basket', kind: 'trend', unit: 'EUR', meaning: 'Value of a basket' },
]

const metrics = metricsOf(own)

const slo = (
  metric: string,
  kind: Slo['kind'],
  threshold: string,
  tags: Readonly<Record<string, string>> = { phase: 'steady' },
): Slo => {
  const { unit } = metrics[metric] ?? {}
  const [, stat = '', operator = '<', limit = ''] = /^(\S+?)(<=?|>=?)(\S+)$/.exec(threshold) ?? []
  const inner = Object.entries(tags).map(([tag, value]) => `${tag}:${value}`)
  const key = inner.length === 0 ? metric : `${metric}{${inner.join(',')}}`
  return {
    suite: 'shop',
    key,
    threshold,
    metric,
    kind,
    tags,
    stat,
    operator: operator as Slo['operator'],
    limit: Number(limit),
    ...(unit ? { unit } : {}),
  }
}

/** What a suite of tests declares: a threshold of every kind. */
export const ABOUT: About = {
  metrics,
  own,
  slos: [
    slo('http_req_failed', 'rate', 'rate<0.01'),
    slo('journey_failed', 'rate', 'rate<0.01'),
    slo('checks', 'rate', 'rate>0.99'),
    slo('shop_accepted', 'rate', 'rate>0.95'),
    slo('http_req_duration', 'trend', 'p(95)<800', { journey: 'checkout', phase: 'steady' }),
    slo('http_req_duration', 'trend', 'avg<300'),
    slo('http_req_duration', 'trend', 'max<5000'),
    slo('http_req_duration', 'trend', 'p(95)<100', { colour: 'red', phase: 'steady' }),
    slo('shop_basket', 'trend', 'med>10'),
    slo('http_reqs', 'counter', 'count>0', {}),
  ],
  monitors: [{ job: 'shop', instance: 'https://shop.example.com', every: 300_000 }],
}
