import { sum } from '../../../config/sum.ts'
import { clock, number, plural, share } from '../../base/index.ts'
import type { SuiteJourneys } from '../../project/index.ts'
import { leftTexts, type Traffic } from '../logs/readLogs.ts'
import type { Note } from '../recording.ts'
import type { JourneysPlan } from './plan.ts'
import { routeName } from './routeFor.ts'

const MAX_TOLD = 8

/** What the journeys do not cover of production, and which journeys the suite does not have. */
export function leftOf(traffic: Traffic, plan: JourneysPlan, { hidden, journeys }: SuiteJourneys): Note[] {
  const routes = plan.uncovered.flatMap((at) => traffic.routes[at] ?? [])
  const rest = sum(routes.slice(MAX_TOLD).map(({ route }) => route.count))
  const unused = plan.fitted.filter((one) => one.share === 0)
  return [
    ...routes.slice(0, MAX_TOLD).map((one) => ({
      text: `${routeName(one)}: ${plural(one.route.count, 'request')}: no journey asks for it`,
    })),
    ...(rest > 0
      ? [
          {
            text: `${number(routes.length - MAX_TOLD)} more kinds of requests that no journey asks for: ${share(rest / traffic.requests)} of all requests together`,
          },
        ]
      : []),
    ...hidden.map((name) => ({
      text: `journey ${name}: it is written in the file of its suite, or not exported: export it from a file of its own`,
    })),
    ...plan.absent.map((name) => ({
      text: journeys.some((one) => one.name === name && one.requests.length > 0)
        ? `journey ${name}: the log has none of its requests`
        : `journey ${name}: which requests it makes is not known without a target`,
    })),
    ...unused.map(({ journey }) => ({
      text: `journey ${journey.name}: no share: the log’s mix is nearer without it`,
    })),
    ...leftTexts(traffic.left).map((text) => ({ text })),
  ]
}

/** What the fit does not tell, and how the suite is run. */
export function lookAt(traffic: Traffic, plan: JourneysPlan, journeys: SuiteJourneys['journeys']): Note[] {
  const { perSecond, seconds, requests } = traffic
  const partly = journeys.filter(({ known }) => known !== 'walked').map(({ name }) => name)
  return [
    ...plan.twins.map(([one, other]) => ({
      text: `${one} and ${other} make the same requests: the log cannot tell them apart, so how they divide their share is a guess`,
    })),
    ...plan.sums.map((name) => ({
      text: `${name} makes what other journeys make together: other shares than these would fit as well`,
    })),
    ...(plan.extra.length > 0
      ? [{ text: `the log does not have, and journeys ask for: ${few(plan.extra)}` }]
      : []),
    ...(partly.length > 0
      ? [
          {
            text: `without a target the requests of ${few(partly)} are known in part: how often they are made may be otherwise`,
          },
        ]
      : []),
    {
      text: `${number(requests)} requests in ${clock(seconds)}: ${number(perSecond.mean)} per second, ${number(perSecond.p99)} in one second of a hundred, ${number(perSecond.max)} at most`,
    },
    { text: `--profile replay replays this in 5 minutes; --duration ${seconds}s takes as long as it took` },
    {
      text: 'the pattern is of requests, and the suite starts journeys by it: their think times make bursts flatter',
    },
  ]
}

/** Some names, and how many more there are. */
export const few = (names: readonly string[]): string =>
  names.length > MAX_TOLD
    ? `${names.slice(0, MAX_TOLD).join(', ')} and ${names.length - MAX_TOLD} more`
    : names.join(', ')
