/** One of Google's Web Vitals: k6's metric of it, and up to where it is good and from where on it is poor. */
export interface WebVital {
  readonly metric: `browser_web_vital_${string}`
  /** `LCP`. */
  readonly name: string
  readonly meaning: string
  /** Milliseconds, or a score without a unit. */
  readonly unit: 'ms' | ''
  readonly good: number
  readonly poor: number
}

/** What a vital is by Google's bands, of the 75th percentile of visits. */
export type Rating = 'good' | 'needs improvement' | 'poor'

/** The Web Vitals that k6 takes over from the browser, with the bands of web.dev/articles/vitals. */
export const WEB_VITALS = [
  {
    metric: 'browser_web_vital_lcp',
    name: 'LCP',
    meaning: 'Largest Contentful Paint',
    unit: 'ms',
    good: 2500,
    poor: 4000,
  },
  {
    metric: 'browser_web_vital_inp',
    name: 'INP',
    meaning: 'Interaction to Next Paint',
    unit: 'ms',
    good: 200,
    poor: 500,
  },
  {
    metric: 'browser_web_vital_cls',
    name: 'CLS',
    meaning: 'Cumulative Layout Shift',
    unit: '',
    good: 0.1,
    poor: 0.25,
  },
  {
    metric: 'browser_web_vital_fcp',
    name: 'FCP',
    meaning: 'First Contentful Paint',
    unit: 'ms',
    good: 1800,
    poor: 3000,
  },
  {
    metric: 'browser_web_vital_ttfb',
    name: 'TTFB',
    meaning: 'Time to First Byte',
    unit: 'ms',
    good: 800,
    poor: 1800,
  },
] as const satisfies readonly WebVital[]

/** The band in which a value lies: a limit itself is still of the better one. */
export const ratingOf = ({ good, poor }: Pick<WebVital, 'good' | 'poor'>, value: number): Rating =>
  value <= good ? 'good' : value <= poor ? 'needs improvement' : 'poor'
