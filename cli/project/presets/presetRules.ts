import { raiseProblems } from '../../../config/gate.ts'
import { parseDuration } from '../../../config/duration.ts'
import type { Draft, Tell } from './draft.ts'

/** What is wrong with a preset beyond the shape of each value. */
export function presetRules(draft: Draft, has: (key: string) => boolean, tell: Tell): void {
  const { load = {}, limits = {}, journeys, think, tolerances = [], regions } = draft
  if (!has('requests') && !has('suite'))
    tell(
      '',
      'neither requests nor suite',
      'requests: [{ path: / }], or suite: with a file that exports journeys',
    )
  if (has('requests') && has('suite')) tell('suite', 'requests and suite', 'one of the two')
  if (has('journeys') && !has('suite'))
    tell('journeys', 'journeys without suite', 'suite: with the file that exports them')
  if (has('think') && has('suite'))
    tell('think', 'think and suite', 'think with requests: a journey thinks by itself')
  if (
    has('load') &&
    (load.vus === undefined) === (load.rate === undefined) &&
    !(has('load.vus') !== has('load.rate'))
  )
    tell(
      'load',
      load.vus === undefined ? 'neither vus nor rate' : 'vus and rate',
      'one of the two: { vus: 5 } or { rate: 2 }',
    )
  patternRules(draft, has, tell)
  for (const key of ['vus', 'rate'] as const)
    if ((load[key] ?? 0) > (limits[key] ?? Infinity))
      tell(`load.${key}`, String(load[key]), `at most ${limits[key] ?? ''}, as limits.${key} says`)
  for (const [index, one] of (journeys ?? []).entries())
    if (typeof one === 'object' && Object.keys(one).length !== 1)
      tell(
        `journeys[${index}]`,
        `${Object.keys(one).length} names`,
        'one name with its share, such as { checkout: 2 }',
      )
  if (Array.isArray(think)) thinkRules(think as readonly (string | undefined)[], tell)
  for (const [index, one] of tolerances.entries())
    for (const problem of raiseProblems(one?.metric, one?.limit, ''))
      tell(`tolerances[${index}].limit`, problem.got, problem.allowed)
  if (Array.isArray(regions)) {
    const zones = regions as readonly unknown[]
    const twice = zones.findIndex((zone, index) => zones.indexOf(zone) !== index)
    if (twice >= 0) tell(`regions[${twice}]`, `${String(zones[twice])} again`, 'each load zone once')
    if (zones.length > 100) tell('regions', `${zones.length} load zones`, 'at most 100')
  } else if (typeof regions === 'object') {
    const sum = Object.values(regions as Record<string, number>).reduce((a, b) => a + b, 0)
    if (sum !== 100) tell('regions', `${sum} percent together`, '100 percent together')
  }
}

function thinkRules(think: readonly (string | undefined)[], tell: Tell): void {
  const [least = '', most = ''] = think
  if (think.length !== 2) tell('think', `${think.length} times`, 'two times such as [1s, 3s]')
  else if ((parseDuration(least) ?? 0) > (parseDuration(most) ?? Infinity))
    tell('think', `${least} before ${most}`, 'the shorter time first')
}

/** How far the shares of a pattern may be off together: those of an access log are rounded. */
const OFF = 0.01

function patternRules({ profile, load = {} }: Draft, has: (key: string) => boolean, tell: Tell): void {
  const { pattern } = load
  if (profile === 'replay' && !has('load.pattern'))
    tell(
      'profile',
      'replay without a pattern',
      'replay with a load such as { rate: 6, pattern: [{ times: 0.7, share: 0.9 }, { times: 3.7, share: 0.1 }] }',
    )
  if (pattern === undefined) return
  if (has('load.vus'))
    tell('load.pattern', 'pattern and vus', 'a pattern with rate: it says when iterations start')
  const shares = pattern.map((level) => level?.share)
  const together = shares.reduce<number>((sum, share = NaN) => sum + share, 0)
  if (Math.abs(together - 1) > OFF)
    tell(
      'load.pattern',
      `shares that are ${Math.round(together * 1000) / 1000} together`,
      'shares that are 1 together',
    )
}
