import { alignTable, bytes, number, plural, share, time } from '../../base/index.ts'
import type { Sizing } from './kept.ts'
import type { Machine } from './machine.ts'
import { fitOf, needOf, timesOn, USABLE, type Asked, type Fit, type Need } from './need.ts'
import { RESOURCES, RESOURCE_NAMES, type Resource } from './resources.ts'

/** A load by its profile. */
export interface ProfileLoad {
  profile: string
  options: Asked
}

/** How many machines like this one a load needs, and how many k6 on each: at least, where scenarios are `unknown`. */
export const fitText = (
  { machines, instances }: Pick<Fit, 'machines' | 'instances'>,
  unknown: readonly string[] = [],
): string =>
  [
    ...(unknown.length > 0 ? ['at least'] : []),
    plural(machines, 'machine'),
    ...(instances > 1 ? [`with --instances ${instances}${machines > 1 ? ' each' : ''}`] : []),
  ].join(' ')

/** What one machine holds of a load, in the load's own mix. */
export function holdsText(need: Need, sizing: Sizing, machine: Machine): string {
  const { times, ends } = timesOn(need, sizing.base, machine)
  const figures = [
    plural(rounded(need.vus * times), 'VU'),
    `${number(rounded(need.rate * times))} iterations/s`,
    `${number(rounded(need.requests * times))} requests/s`,
  ]
  return `${need.unknown.length > 0 ? 'at most' : 'about'} ${figures.join(', ')}; its ${RESOURCES[ends].name} ends first`
}

/** Two digits: no estimate is better. */
const rounded = (value: number): number => Number(value.toPrecision(2))

/** What was measured, what this machine holds, and what each profile needs. */
export function sizingText(sizing: Sizing, machine: Machine, loads: readonly ProfileLoad[]): string {
  const { suite, at, target, k6 } = sizing
  const needs = loads.map(({ profile, options }) => ({ profile, need: needOf(options, sizing) }))
  const usual = needs.find(({ profile }) => profile === 'load') ?? needs[0]
  return [
    `${suite} on this machine (${sizing.machine}), measured ${at.slice(0, 16).replace('T', ' ')} UTC with k6 ${k6} on ${target}`,
    '',
    ...costTable(sizing),
    '',
    'This machine',
    ...alignTable(machineRows(machine)).map(indented),
    ...(usual
      ? ['', `It holds, of the mix of profile ${usual.profile}, ${holdsText(usual.need, sizing, machine)}.`]
      : []),
    '',
    `What each profile needs: machines like this, of which ${share(USABLE)} are to be used, that is 100 % here`,
    ...needTable(needs, sizing, machine).map(indented),
    ...unknownText(needs.flatMap(({ need }) => need.unknown)),
    '',
    ...howMade(sizing),
  ].join('\n')
}

const indented = (line: string): string => `  ${line}`

function costTable({ scenarios, base }: Sizing): string[] {
  const head = ['a scenario', 'CPU', 'requests', 'sent', 'received', 'lasts', 'a VU holds', 'open files']
  const rows = Object.entries(scenarios).map(([name, cost]) => [
    name,
    time(cost.cpu * 1000),
    number(rounded(cost.requests)),
    bytes(cost.sent),
    bytes(cost.received),
    time(cost.lasts * 1000),
    bytes(cost.memory),
    number(rounded(cost.files)),
  ])
  return [
    'An iteration of a scenario, and a VU',
    ...alignTable([head, ...rows]).map(indented),
    `k6 itself: ${bytes(base.memory)}, ${number(Math.round(base.files))} open files.`,
  ]
}

/** That scenarios were never measured, and what that makes of a sizing. */
export const unknownText = (unknown: readonly string[]): string[] => {
  const names = [...new Set(unknown)]
  return names.length === 0
    ? []
    : [
        `what ${names.join(', ')} cost is unknown: counted as a bare script’s, so this is the least. Measure it: npx loadwright size`,
      ]
}

const machineRows = (machine: Machine): string[][] =>
  RESOURCE_NAMES.map((resource) => {
    const { name, amount, from } = RESOURCES[resource]
    const has = machine[resource]
    return [name, has === undefined ? 'the system does not tell' : `${amount(has)} (${from})`]
  })

function needTable(
  needs: readonly { profile: string; need: Need }[],
  { base }: Sizing,
  machine: Machine,
): string[] {
  const shown = RESOURCE_NAMES.filter((resource) => machine[resource] !== undefined)
  const head = ['profile', 'VUs', 'iterations/s', ...shown.map((one) => RESOURCES[one].name), 'needs']
  const rows = needs.map(({ profile, need }) => {
    const fit = fitOf(need, base, machine)
    const shareOf = (resource: Resource): string =>
      share(rounded(fit.rows.find((row) => row.resource === resource)?.share ?? 0))
    return [
      profile,
      `≤ ${number(need.vus)}`,
      number(rounded(need.rate)),
      ...shown.map(shareOf),
      fitText(fit, need.unknown),
    ]
  })
  return alignTable([head, ...rows])
}

function howMade({ scenarios }: Sizing): string[] {
  const failed = Object.entries(scenarios).filter(([, cost]) => cost.failed > MOST_FAILED)
  return [
    ...failed.map(
      ([name, cost]) =>
        `${share(cost.failed)} of the iterations of ${name} failed: whole ones cost more. See why: npx loadwright dev`,
    ),
    'These are estimates, with the embedded shop or a quick target. Each scenario ran with few and with many VUs, shortly and',
    'for longer; the differences, in CPU time (which other programs hardly change), memory and open files, are its costs.',
    'Measured again, they differ by up to 20 %. TLS, larger answers, outputs and the first iterations of a VU cost more, and',
    'a slower target needs more VUs for a rate.',
  ]
}

/** From this share of failed iterations on, what was measured is in doubt. */
const MOST_FAILED = 0.01
