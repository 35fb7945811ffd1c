import { parseDistribution } from './distribution.ts'
import type { Effect, FaultName } from './fault.ts'
import { pageDefect, PAGE_DEFECTS } from './pageDefects.ts'
import { numberIn, pairOf, productIds, faultRoutes, faultShare } from './values.ts'

interface Row {
  readonly syntax: string
  readonly meaning: string
  readonly example: string
  /** Whether a second one of its kind would contradict the first. */
  readonly once: boolean
  /** Throws an Error with a clause that says what is wrong. */
  readonly read: (value: string) => Effect
}

/** Every fault, once: what is written, what it does, how it is read. */
export const FAULT_TABLE: Readonly<Record<FaultName, Row>> = {
  'missing-products': {
    syntax: 'missing-products=ID,ID',
    meaning: 'Products that home still links but nobody can open or add: 500, as with a stale catalogue',
    example: 'missing-products=OLJCESPC7Z,66VCHSJNUP',
    once: false,
    read: (value) => ({ kind: 'missing-products', ids: productIds(value) }),
  },
  latency: {
    syntax: 'latency=ROUTE:MS',
    meaning:
      'A delay on a route (a path, `POST /cart`, or * for all), constant or uniform(MIN,MAX), normal(MEAN,DEVIATION), lognormal(MEDIAN,SIGMA), exponential(MEAN)',
    example: 'latency=/product:normal(80,20)',
    once: false,
    read(value) {
      const [route, delay] = pairOf(value, 'ROUTE', 'MS')
      return { kind: 'latency', routes: faultRoutes(route), delay: parseDistribution(delay) }
    },
  },
  errors: {
    syntax: 'errors=ROUTE:SHARE',
    meaning: 'A share (0 to 1) of a route’s requests fails with the error page and status 500',
    example: 'errors=POST /cart:0.05',
    once: false,
    read(value) {
      const [route, share] = pairOf(value, 'ROUTE', 'SHARE')
      return { kind: 'errors', routes: faultRoutes(route), share: faultShare(share) }
    },
  },
  drop: {
    syntax: 'drop=ROUTE:SHARE',
    meaning:
      'A share (0 to 1) of a route’s requests, or of a socket’s messages, is not answered: the connection is cut',
    example: 'drop=/ws:0.1',
    once: false,
    read(value) {
      const [route, share] = pairOf(value, 'ROUTE', 'SHARE')
      return { kind: 'drop', routes: faultRoutes(route), share: faultShare(share) }
    },
  },
  'warm-up': {
    syntax: 'warm-up=SECONDS:FACTOR',
    meaning: 'A cold start: all times are FACTOR × at the first request, falling evenly to 1 × after SECONDS',
    example: 'warm-up=20:8',
    once: true,
    read(value) {
      const [seconds, factor] = pairOf(value, 'SECONDS', 'FACTOR')
      return {
        kind: 'warm-up',
        seconds: numberIn(seconds, 'the time', 0.001, 86_400),
        factor: numberIn(factor, 'the factor', 1, 10_000),
      }
    },
  },
  capacity: {
    syntax: 'capacity=REQUESTS_PER_SECOND',
    meaning: 'One server with a queue: waiting rises towards the limit, and past 10 s of it answers 503',
    example: 'capacity=150',
    once: true,
    read: (value) => ({ kind: 'capacity', perSecond: numberIn(value, 'the rate', 0.1, 1_000_000) }),
  },
  'errors-above': {
    syntax: 'errors-above=REQUESTS_PER_SECOND:SHARE',
    meaning: 'Past a rate, a share (0 to 1) of all requests fails at once with status 503',
    example: 'errors-above=140:0.5',
    once: true,
    read(value) {
      const [rate, share] = pairOf(value, 'REQUESTS_PER_SECOND', 'SHARE')
      return {
        kind: 'errors-above',
        perSecond: numberIn(rate, 'the rate', 0.1, 1_000_000),
        share: faultShare(share),
      }
    },
  },
  drift: {
    syntax: 'drift=PERCENT_PER_MINUTE',
    meaning:
      'All times grow by this share of themselves each minute from the first request on, as with a leak',
    example: 'drift=10',
    once: true,
    read: (value) => ({ kind: 'drift', percentPerMinute: numberIn(value, 'the growth', 0, 100_000) }),
  },
  'redirect-loss': {
    syntax: 'redirect-loss=SHARE',
    meaning: 'A share (0 to 1) of the redirects after a POST comes without its Location',
    example: 'redirect-loss=0.02',
    once: true,
    read: (value) => ({ kind: 'redirect-loss', share: faultShare(value) }),
  },
  page: {
    syntax: 'page=ROUTE:DEFECT',
    meaning: `A defect that only a browser shows: ${PAGE_DEFECTS.join(', ')}`,
    example: 'page=/product:script-error',
    once: false,
    read(value) {
      const [route, defect] = pairOf(value, 'ROUTE', 'DEFECT')
      return { kind: 'page', routes: faultRoutes(route), defect: pageDefect(defect) }
    },
  },
}
