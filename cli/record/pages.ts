import { quantile } from '../prometheus/index.ts'
import { distribution, inK6sUnit, series } from './query.ts'
import type { Store } from './store.ts'
import { trendOf } from './signalFigures.ts'
import { ratingOf, WEB_VITALS, type Rating } from './webVitals.ts'
import type { Where } from './where.ts'
import { sum } from '../../config/sum.ts'

/** A Web Vital of a page: how often it was measured, its 75th percentile (ms; of CLS a score), and Google's band. */
export interface VitalFigures {
  metric: string
  count: number
  p75: number
  rating: Rating
}

/** The Web Vitals of a page in a journey, in the judged phases. */
export interface PageFigures {
  journey?: string
  page: string
  vitals: VitalFigures[]
}

/** What pages asked for under one name, in the judged phases: files, other pages, third parties; times in ms. */
export interface PageRequests {
  name: string
  count: number
  failed: number
  p50?: number
  p95?: number
}

/** Pages and names of requests that a record keeps: URLs are no names, and may be thousands. */
const MAX_PAGES = 50

/** The Web Vitals of each page of each journey, in the order in which the pages were first seen. */
export function pagesOf(store: Store, judged: readonly string[]): PageFigures[] {
  const phases: Where = judged.length > 0 ? { phase: [...judged, ''] } : {}
  const seen = WEB_VITALS.flatMap(({ metric }) => series(store, metric, phases))
    .sort((a, b) => a.first - b.first)
    .map(({ labels }) => JSON.stringify([labels.journey ?? '', labels.name ?? '']))
  return [...new Set(seen)].slice(0, MAX_PAGES).map((key) => {
    const [journey = '', name = ''] = JSON.parse(key) as string[]
    const vitals = WEB_VITALS.flatMap((vital): VitalFigures[] => {
      const { metric } = vital
      const values = distribution(store, metric, { ...phases, journey, name })
      const p75 = values && inK6sUnit(values, quantile(values, 0.75))
      return values === undefined || p75 === undefined
        ? []
        : [{ metric, count: values.count, p75, rating: ratingOf(vital, p75) }]
    })
    return { ...(journey === '' ? {} : { journey }), page: name, vitals }
  })
}

/** k6's metric of what pages ask for. */
export const PAGE_REQUESTS = 'browser_http_req_duration'

/** What pages asked for, by name, most first. */
export function pageRequests(store: Store, judged: readonly string[]): PageRequests[] {
  const phases: Where = judged.length > 0 ? { phase: [...judged, ''] } : {}
  const all = series(store, PAGE_REQUESTS, phases)
  return [...new Set(all.map(({ labels }) => labels.name ?? ''))]
    .map((name): PageRequests => {
      const failed = all.map((one) =>
        one.kind === 'histogram' && one.labels.name === name && isFailed(one.labels.status)
          ? one.histogram.count
          : 0,
      )
      const { count, figures } = trendOf(store, PAGE_REQUESTS, { ...phases, name })
      const { p50, p95 } = figures
      return {
        name,
        count,
        failed: sum(failed),
        ...(p50 === undefined ? {} : { p50 }),
        ...(p95 === undefined ? {} : { p95 }),
      }
    })
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_PAGES)
}

/** k6 takes a status of 400 and more for a failure, and 0 where there was no answer. */
const isFailed = (status = ''): boolean => Number(status) === 0 || Number(status) >= 400
