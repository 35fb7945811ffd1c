import { formatDuration } from '../../../config/duration.ts'
import { clock, number } from '../../base/index.ts'
import { convertLogs } from '../logs/convertLogs.ts'
import { OPEN_ID, type MixedRequest } from '../logs/requests.ts'
import type { Made } from '../made.ts'
import type { Note } from '../recording.ts'
import { readMetrics, type MetricTraffic } from './readMetrics.ts'
import type { Saved } from './resultIn.ts'

/** Makes a suite of what a Prometheus answered. Throws UserError where that is no rates of requests. */
export function convertMetrics(saved: Saved, file: string, name: string, include: readonly string[]): Made {
  const traffic = readMetrics(saved, include, file)
  return convertLogs(traffic, file, name, (_, requests) =>
    [...arrivals(traffic), ...traffic.notes, ...ids(name, requests), ALONE].map((text): Note => ({ text })),
  )
}

const ALONE = 'each request is alone, without a session: what only users see who have logged in is not tested'

function arrivals({ perSecond, seconds, requests, stepSeconds }: MetricTraffic): string[] {
  if (stepSeconds === 0)
    return [
      `${number(perSecond.mean)} requests per second at one time; its counts are those of an hour`,
      'one rate has no arrivals: the profile replay needs a saved answer of /api/v1/query_range',
      'values are taken as requests per second, as rate() gives them',
    ]
  const step = formatDuration(stepSeconds * 1000)
  return [
    `about ${number(requests)} requests in ${clock(seconds)}: ${number(perSecond.mean)} per second, ${number(perSecond.p99)} in one step of a hundred, ${number(perSecond.max)} at most`,
    `a step is ${step}: bursts that are shorter are not in the pattern, because a rate is a mean`,
    `--profile replay replays this in 5 minutes; --duration ${formatDuration(seconds * 1000)} takes as long as it took`,
  ]
}

/** Which pools a person has to fill. */
const ids = (name: string, requests: readonly MixedRequest[]): string[] =>
  requests.flatMap(({ isOpen, variable, name: own }) =>
    isOpen === true
      ? [
          `write ids of ${own} that the target knows into ${name}.${variable}.pool.csv: its only row asks for ${OPEN_ID}`,
        ]
      : [],
  )
