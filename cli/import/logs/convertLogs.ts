import { sum } from '../../../config/sum.ts'
import { basename } from 'node:path'
import {
  adequacyCells,
  ADEQUACY_HEADS,
  adequacyOf,
  productionText,
  type Production,
} from '../../record/index.ts'
import { alignTable, clock, defined, number, plural, UserError } from '../../base/index.ts'
import type { Made } from '../made.ts'
import type { Note } from '../recording.ts'
import { variableName } from '../write/variableName.ts'
import { poolOf } from './poolOf.ts'
import { leftTexts, type Traffic } from './readLogs.ts'
import { mixOf, type MixedRequest } from './requests.ts'
import { MIX_NAMES, mixSuite } from './suite.ts'

/** Makes a suite of the mix of requests that production was asked for, with its arrivals as a pattern. */
export function convertLogs(
  traffic: Traffic,
  file: string,
  name: string,
  look: (traffic: Traffic, requests: readonly MixedRequest[]) => Note[] = lookAt,
): Made {
  const variable = variableName(name)
  const { requests, mix, left } = mixOf(traffic, name, new Set([...MIX_NAMES, variable]))
  if (requests.length === 0)
    throw new UserError(
      `${file}: none of its requests can be sent again: ${left.map(({ text }) => text).join('; ')}. Keep some of them by --include.`,
    )
  const sent = sum(requests.map(({ count }) => count))
  const rate = rounded((traffic.perSecond.mean * sent) / traffic.requests)
  const production = productionOf(traffic, file, mix)
  const text = mixSuite({
    kind: traffic.kind,
    file,
    name,
    requests,
    rate,
    typicalSeconds: typicalOf(traffic),
    pattern: traffic.pattern.length > 0,
  })
  return {
    kind: traffic.kind,
    name,
    text,
    files: [
      ...requests.flatMap(({ variable: own, rows }) =>
        rows.length === 0 ? [] : [{ name: `${name}.${own}.pool.csv`, text: poolOf(rows) }],
      ),
      { name: `${name}.traffic.json`, text: productionText(production) },
    ],
    counts: { journeys: requests.length, requests: requests.length, checks: requests.length },
    steps: [],
    read: [],
    base: undefined,
    secrets: [],
    left: [...leftTexts(traffic.left).map((one) => ({ text: one })), ...left],
    look: look(traffic, requests),
    tables: [
      {
        title: `Adequacy, if it is run by --profile ${traffic.pattern.length > 0 ? 'replay' : 'load'}`,
        lines: adequacyLines(production, requests, rate),
      },
    ],
  }
}

/** What is kept of production beside a suite. */
export function productionOf(
  traffic: Traffic,
  source: string,
  mix: Production['mix'],
): Omit<Production, 'schema'> {
  const { requests, seconds, perSecond, stepSeconds, took, pattern } = traffic
  return {
    source: basename(source),
    requests,
    seconds,
    perSecond,
    ...defined({ stepSeconds }),
    ...(took.of > 0 ? { concurrency: rounded((took.seconds / took.of) * perSecond.mean) } : {}),
    mix,
    pattern,
  }
}

function adequacyLines(
  production: Omit<Production, 'schema'>,
  requests: readonly MixedRequest[],
  rate: number,
): string[] {
  const adequacy = adequacyOf(production, {
    planned: true,
    counts: new Map(requests.map(({ name, count }) => [name, count])),
    mean: rate,
    ...(production.pattern.length > 0
      ? { busiest: Math.max(...production.pattern.map(({ times }) => times)) * rate }
      : {}),
    pools: new Map(
      production.mix.flatMap(({ name, pool }) =>
        pool ? [[pool.name, requests.find((one) => one.name === name)?.rows.length ?? 0]] : [],
      ),
    ),
  })
  const rows = adequacyCells(adequacy).map(({ cells }) => cells)
  return [...alignTable([[...ADEQUACY_HEADS], ...rows]), adequacy.sentence]
}

/** Twice the mean: what most take at most. */
const typicalOf = ({ took }: Traffic): number =>
  took.of === 0 ? 1 : Math.max(0.1, Math.ceil((took.seconds / took.of) * 20) / 10)

function lookAt(traffic: Traffic, requests: readonly MixedRequest[]): Note[] {
  const { perSecond, seconds, took, cut, requests: all } = traffic
  return [
    {
      text: `${plural(all, 'request')} in ${clock(seconds)}: ${number(perSecond.mean)} per second, ${number(perSecond.p99)} in one second of a hundred, ${number(perSecond.max)} at most`,
    },
    { text: `--profile replay replays this in 5 minutes; --duration ${seconds}s takes as long as it took` },
    ...(took.of === 0
      ? [{ text: 'the log has no durations: what was in progress at a time is not known' }]
      : []),
    ...(cut > 0
      ? [{ text: `${number(cut)} queries are written without parameters that may be secret or personal` }]
      : []),
    ...(requests.some(({ rows }) => rows.length > 0)
      ? [{ text: 'the addresses in the pools are production’s: the target has to know them' }]
      : []),
    {
      text: 'each request is alone, without a session: what only users see who have logged in is not tested',
    },
  ]
}

const rounded = (value: number): number => Math.max(0.001, Math.round(value * 1000) / 1000)
