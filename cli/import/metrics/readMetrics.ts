import { sum } from '../../../config/sum.ts'
import { number, plural, UserError } from '../../base/index.ts'
import { addressOf } from '../logs/address.ts'
import { patternOf } from '../logs/pattern.ts'
import { leftTexts, type Traffic } from '../logs/readLogs.ts'
import { whyNotAgain, reasonToLeave } from '../logs/reasonToLeave.ts'
import { createRoutes } from '../logs/routes.ts'
import { perSecondOf } from '../logs/seconds.ts'
import { total } from '../logs/total.ts'
import { isCounter } from './isCounter.ts'
import { requestLabels, statusIn } from './labels.ts'
import type { Saved } from './resultIn.ts'
import { seriesOf, type Series } from './series.ts'
import { stepsOf, type Steps } from './steps.ts'
import { routePath } from './template.ts'

/** So many steps are levels of the pattern each for itself. */
const MAX_LEVELS = 60
/** Of one rate alone the requests of so many seconds are counted: an hour's. */
const ONE_RATE_SECONDS = 3600

/** Traffic as metrics tell of it, with what to say of it. */
export interface MetricTraffic extends Traffic {
  stepSeconds: number
  notes: string[]
}

/** Reads what a Prometheus answered. Throws UserError where that is no rates of requests. */
export function readMetrics(saved: Saved, include: readonly string[], file: string): MetricTraffic {
  const all = seriesOf(saved, file)
  const isVector = saved.resultType === 'vector'
  const counters = isCounter(all)
  if (isVector && counters)
    throw new UserError(
      `${file} has counters at one time, which are no rates: ask for rate(…[5m]), or for a time by /api/v1/query_range`,
    )
  const names = requestLabels(all, file)
  const steps = isVector ? oneRate(all) : stepsOf(all, counters, file)
  const paths = all.map(({ labels }) => routePath(labels[names.path] ?? ''))
  const routes = createRoutes({ templates: paths.some((path) => path?.hasIds === true) })
  const left = new Map<string, number>()
  let cut = 0
  const counts = all.map(({ labels }, index) => {
    const requests = Math.round(steps.requests[index] ?? 0)
    const route = paths[index]
    const method = (labels[names.method ?? ''] ?? route?.method ?? 'GET').toUpperCase()
    const status = statusIn(labels[names.status ?? ''])
    const address = route && addressOf(route.path)
    const isKept = address && include.some((part) => `${method} ${address.path}`.includes(part))
    const reason =
      address === undefined
        ? `requests whose ${names.path} is no path`
        : isKept === true
          ? undefined
          : /^[A-Z]{3,20}$/.test(method)
            ? reasonToLeave(
                { at: 0, target: '', seconds: undefined, agent: '', method, status },
                address.path,
              )
            : 'requests whose method is not known'
    if (reason !== undefined || address === undefined) {
      if (requests > 0) left.set(reason ?? '', (left.get(reason ?? '') ?? 0) + requests)
      return false
    }
    if (requests === 0) return false
    if (address.cut) cut += requests
    const isOpen = route?.hasIds === true
    routes.add({
      method,
      path: address.path,
      status,
      value: isOpen ? undefined : address.value,
      replayed: isKept === true || whyNotAgain(method, address.path) === undefined,
      count: requests,
      isOpen,
    })
    return true
  })
  const rates = steps.rates(counts)
  if (total(rates) === 0)
    throw new UserError(
      left.size === 0
        ? `${file}: each of its rates is 0: ask for a time in which there were requests`
        : `${file}: none of the requests counts: ${leftTexts(left).join('; ')}. Keep some of them by --include.`,
    )
  const read = routes.all()
  return {
    kind: 'request rates of Prometheus',
    routes: read,
    requests: sum(read.map(({ route }) => route.count)),
    seconds: Math.max(1, Math.round(rates.length * steps.seconds)),
    perSecond: perSecondOf(rates),
    pattern: isVector ? [] : levelsOf(rates),
    stepSeconds: isVector ? 0 : steps.seconds,
    took: { seconds: 0, of: 0 },
    left,
    cut,
    notes: [
      ...(counters ? ['the series are counters: their rates are how much they rise from step to step'] : []),
      ...(steps.resets > 0
        ? [
            `${plural(steps.resets, 'sum')} of counters fell where a process began anew, and count as 0 there: sum(rate(…)) knows more than a sum of counters`,
          ]
        : []),
      ...(steps.known < steps.of
        ? [
            `${number(steps.of - steps.known)} of ${number(steps.of)} steps have no number: they are left out of the time`,
          ]
        : []),
      ...(names.method === undefined && !paths.some((path) => path?.method !== undefined)
        ? ['no label names the method: each request is taken to be a GET']
        : []),
      ...(names.status === undefined
        ? ['no label names the status: what was answered 4xx counts, too, and each answer is taken to be 200']
        : []),
    ],
  }
}

/** One rate for each series: that of an hour. */
const oneRate = (all: readonly Series[]): Steps => {
  const rates = all.map(({ points }) => points[0]?.[1] ?? 0)
  return {
    seconds: ONE_RATE_SECONDS,
    known: 1,
    of: 1,
    resets: 0,
    requests: rates.map((rate) => rate * ONE_RATE_SECONDS),
    rates: (counts) => Float64Array.of(sum(rates.filter((_, index) => counts[index] === true))),
  }
}

/** Each step as a level of its own, where they are few. */
function levelsOf(rates: Float64Array): Traffic['pattern'] {
  if (rates.length > MAX_LEVELS) return patternOf(rates)
  const mean = total(rates) / rates.length
  const rounded = (value: number): number => Math.round(value * 10_000) / 10_000
  return Array.from(rates, (rate) => ({ times: rounded(rate / mean), share: rounded(1 / rates.length) }))
}
