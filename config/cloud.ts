import { describe, isRecord, keyProblems, type KeyCheck } from './problem/keys.ts'
import type { Problem } from './problem/problem.ts'

/** How a project runs in Grafana Cloud; the shell's K6_CLOUD_PROJECT_ID and K6_CLOUD_STACK_ID go before it. */
export interface CloudConfig {
  /** The project that tests are made in; else the default one of `k6 cloud login`. */
  project?: number
  /** The stack that the token belongs to; else the one of `k6 cloud login`. */
  stack?: number
  /** Load zones by a label of one's own; their percents are 100 together. Default: the cloud's own choice. */
  distribution?: Readonly<Record<string, LoadZoneShare>>
  /** A note that the cloud shows beside each run. */
  note?: string
}

/** A load zone, `amazon:us:ashburn` or the name of a private one, and its share of the load. */
export interface LoadZoneShare {
  loadZone: string
  /** Whole percents. */
  percent: number
}

/** k6 keeps a stack in 32 bits (`internal/cloudapi/v6/client.go`, SetStackID). */
const MAX_STACK_ID = 2 ** 31 - 1

const isId =
  (most: number): KeyCheck =>
  (value) =>
    Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= most
      ? undefined
      : 'a whole number above 0, as the cloud’s pages show it'
const isText: KeyCheck = (value) => (typeof value === 'string' && value.trim() !== '' ? undefined : 'a text')

const CLOUD_KEYS: Readonly<Record<keyof CloudConfig, KeyCheck>> = {
  project: isId(Number.MAX_SAFE_INTEGER),
  stack: isId(MAX_STACK_ID),
  distribution: (value) =>
    isRecord(value) && Object.keys(value).length > 0
      ? undefined
      : "load zones by label, such as { ashburn: { loadZone: 'amazon:us:ashburn', percent: 100 } }",
  note: isText,
}
const SHARE_KEYS: Readonly<Record<keyof LoadZoneShare, KeyCheck>> = {
  loadZone: (value) =>
    typeof value === 'string' && /^\S+(?: \S+)*$/.test(value)
      ? undefined
      : 'a load zone, such as amazon:us:ashburn, or the name of a private one',
  percent: (value) =>
    Number.isInteger(value) && Number(value) > 0 && Number(value) <= 100
      ? undefined
      : 'whole percents, 1 to 100',
}

/** Every problem of a config's `cloud`, as its author wrote it; `where` says what it is called. */
export const cloudProblems = (value: unknown, where: string): Problem[] => {
  if (!isRecord(value))
    return [{ where, got: describe(value), allowed: 'an object such as { project: 12, stack: 34 }' }]
  return [
    ...keyProblems(value, CLOUD_KEYS, where, []),
    ...(isRecord(value.distribution) ? shareProblems(value.distribution, `${where}.distribution`) : []),
  ]
}

const shareProblems = (shares: Record<string, unknown>, where: string): Problem[] => {
  const problems = Object.entries(shares).flatMap(([label, share]) =>
    isRecord(share)
      ? keyProblems(share, SHARE_KEYS, `${where}.${label}`, ['loadZone', 'percent'])
      : [{ where: `${where}.${label}`, got: describe(share), allowed: 'an object { loadZone, percent }' }],
  )
  if (problems.length > 0 || Object.keys(shares).length === 0) return problems
  const sum = Object.values(shares).reduce<number>((total, share) => total + percentOf(share), 0)
  return sum === 100 ? [] : [{ where, got: `${sum} percent together`, allowed: '100 percent together' }]
}

const percentOf = (share: unknown): number => (isRecord(share) ? Number(share.percent) : 0)
