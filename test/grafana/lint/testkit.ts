import type { About } from '../../../cli/grafana/about.ts'
import { metricsOf } from '../../../cli/grafana/metrics.ts'

const own = [
  { name: 'boutique_orders', kind: 'counter', meaning: 'Orders placed', by: ['currency'] },
  { name: 'boutique_checkout_success', kind: 'rate', meaning: 'Checkouts that ended in an order' },
  { name: 'boutique_basket', kind: 'trend', meaning: 'Value of a basket', unit: 'EUR' },
] as const

/** What a small suite declares, for tests of the lint. */
export const about: About = {
  metrics: metricsOf(own),
  own: own.map((one) => ({ ...one, suite: 'boutique' })),
  slos: [],
}
