import type { Intake } from './intake.ts'
import type { Member } from './roster.ts'

/** A collector's own metrics at `now` (ms since 1970), in Prometheus' text format 0.0.4. */
export function metricsText(intake: Intake, now: number): string {
  const members = intake.members()
  const { pushes, series: pushed, samples, bytes, refused, unkept, unauthorized, dropped } = intake.counts
  const metrics: [string, 'counter' | 'gauge', string, number][] = [
    ['pushes_total', 'counter', 'Pushes that were taken in.', pushes],
    ['pushed_series_total', 'counter', 'Series in these pushes.', pushed],
    ['pushed_samples_total', 'counter', 'Samples of these series.', samples],
    ['pushed_bytes_total', 'counter', 'Bytes of these pushes, compressed.', bytes],
    ['refused_pushes_total', 'counter', 'Pushes with the token that were refused.', refused],
    ['unkept_pushes_total', 'counter', 'Pushes that the disk did not take, among the refused.', unkept],
    ['unauthorized_requests_total', 'counter', 'Requests without the token of the run.', unauthorized],
    ['dropped_connections_total', 'counter', 'Connections beyond the limit.', dropped],
    ['unkept_instances', 'gauge', 'Instances whose last push the disk did not take.', intake.unkept().length],
    ['series', 'gauge', 'Series that are kept.', intake.kept()],
    ['instances', 'gauge', 'Instances that have pushed.', members.length],
    [
      'ended_instances',
      'gauge',
      'Instances that came to their end.',
      members.filter(({ isEnded }) => isEnded).length,
    ],
    [
      'lag_seconds',
      'gauge',
      'Time since the last push of the instance that has been silent longest.',
      lag(members, now),
    ],
  ]
  return metrics
    .map(([name, type, help, value]) => {
      const whole = `loadwright_collector_${name}`
      return `# HELP ${whole} ${help}\n# TYPE ${whole} ${type}\n${whole} ${value}\n`
    })
    .join('')
}

const lag = (members: readonly Member[], now: number): number =>
  Math.max(0, ...members.filter(({ isEnded }) => !isEnded).map(({ last }) => now - last)) / 1000
