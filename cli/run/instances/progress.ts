import {
  distribution,
  inK6sUnit,
  ITERATIONS,
  level,
  REQUESTS,
  total,
  type Store,
} from '../../record/index.ts'
import { quantile } from '../../prometheus/index.ts'
import { progressTo } from '../../k6/index.ts'

/** Where all instances are, in one line. */
export function progressLine(store: Store, elapsed: number, planned: number): string {
  const times = distribution(store, REQUESTS.trend)
  const p95 = times && inK6sUnit(times, quantile(times, 0.95))
  const count = (metric: string): number => total(store, metric)
  const dropped = count('dropped_iterations')
  return [
    `running ${Math.round(elapsed)} s${planned > 0 ? ` of about ${Math.round(planned)} s` : ''}`,
    `${level(store, 'vus') ?? 0} VUs`,
    `${count(ITERATIONS.all.metric)} iterations`,
    ...(dropped > 0 ? [`${dropped} dropped`] : []),
    `${count(REQUESTS.all.metric)} requests`,
    ...(p95 === undefined ? [] : [`p95 ${Math.round(p95)} ms`]),
  ].join(' · ')
}

/** Shows where all instances are until it is stopped: each second on a terminal, else every 15 s. */
export function showProgress(store: Store, planned: number): { stop: () => void } {
  const { progress, tickEvery } = progressTo(process.stdout)
  const began = performance.now()
  const line = (): string => progressLine(store, (performance.now() - began) / 1000, planned)
  const timer = setInterval(() => progress(line(), 'tick'), tickEvery)
  timer.unref()
  return {
    stop() {
      clearInterval(timer)
      progress(line(), 'said')
    },
  }
}
