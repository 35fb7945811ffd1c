import { formatDuration, parseDuration } from '../../../config/duration.ts'
import { PUBLIC_PROBES } from '../../../config/monitor/monitor.ts'
import { nearest } from '../../../config/problem/nearest.ts'
import { quote } from '../../../config/problem/problem.ts'
import { TAGS } from '../../../lib/catalog.ts'
import type { DeclaredMonitor } from '../../project/index.ts'
import { hostOf } from './reach.ts'
import { isPublicProbe } from './ready.ts'

/** The part of a period that an alert should see at least, as Grafana advises: two and a half passes of each probe. */
const MIN_PASSES = 2.5

/** What is allowed, and seldom meant. */
export function notesOn({ probes, alerts, frequency, labels, target, enabled }: DeclaredMonitor): string[] {
  const misspelt = probes.flatMap((name) => {
    const near = isPublicProbe(name) ? undefined : nearest(name, PUBLIC_PROBES)
    return near === undefined
      ? []
      : `${quote(name)} is no public probe: did you mean ${quote(near)}? (A private one may have any name.)`
  })
  const narrow = (alerts ?? [])
    .filter(({ period }) => (parseDuration(period) ?? 0) < MIN_PASSES * frequency)
    .map(
      ({ name, period }) =>
        `${name} looks back over ${period}, less than ${MIN_PASSES} passes of a probe every ${formatDuration(frequency)}: a late one is missed`,
    )
  const covered = Object.keys(labels).filter((name) => [...TAGS, 'group'].includes(name))
  return [
    ...misspelt,
    ...(enabled ? [] : ['it is disabled: it does not run']),
    ...(probes.length === 1
      ? ['one probe: its own trouble looks like the target’s; two or three tell them apart']
      : []),
    ...(alerts?.length
      ? []
      : ['the config declares no alert, so there may be no notification when it goes down']),
    ...narrow,
    ...covered.map((name) => `the label ${name} hides the tag ${name} of the suite’s own series`),
    ...(hostOf(target).startsWith('10.')
      ? ['agents block 10.0.0.0/8 for k6 until they are started with -blocked-nets']
      : []),
  ]
}
