import {
  came,
  MAX_CHANCE,
  MIN_CLEAN_SHARE,
  exposure,
  MIN_SHARE,
  witnesses,
  type Evidence,
  type FactorFinding,
  type EvidencePlace,
} from './evidence.ts'
import { tally, failureTimes, weightOf, type Weighted } from './weigh.ts'

/** What (nearly) all failures share of something; undefined where they do not. */
function shared<Key extends string | number>(
  events: readonly Weighted[],
  of: (event: Weighted) => Key | undefined,
): { key: Key; share: number } | undefined {
  const [[key, weight] = [undefined, 0]] = tally(events, of)
  const share = weight / weightOf(events)
  return key !== undefined && share >= MIN_SHARE ? { key, share } : undefined
}

/** Failures that the tunnel made. A check on what it made says nothing of origin, but has its status. */
export function originFactor(events: readonly Weighted[]): FactorFinding | undefined {
  const made = events.filter(({ origin }) => origin === 'tunnel')
  const [first] = made
  if (!first) return undefined
  const statuses = new Set(made.map(({ status }) => status))
  const share =
    weightOf(
      events.filter(
        ({ origin, status, kind }) => origin === 'tunnel' || (kind === 'check' && statuses.has(status)),
      ),
    ) / weightOf(events)
  if (share < MIN_SHARE) return undefined
  const why = first.got === undefined ? '' : ` (${first.got})`
  return { factor: 'origin', key: 'tunnel', share, says: `come from the tunnel${why}, not from the target` }
}

/** The one VU of a scenario that fails, where there are others that do not. */
export function vuFactor(events: readonly Weighted[], { vus }: Evidence): FactorFinding | undefined {
  const one = shared(events, ({ vu }) => vu)
  const scenario = shared(events, (event) => event.scenario)
  const all = scenario && vus[scenario.key]
  if (!one || !all || all < 3) return undefined
  const n = witnesses(events.filter(({ vu }) => vu === one.key))
  if (all * all ** -n > MAX_CHANCE) return undefined
  const says = `come from one VU, ${one.key}, of the ${all} of scenario ${scenario.key}`
  return { factor: 'vu', key: `${one.key}`, share: one.share, says }
}

/** A cold start: failures from the first requests on, and none after the phases that bring the target to its load. */
export function coldFactor(events: readonly Weighted[], evidence: Evidence): FactorFinding | undefined {
  const found = phaseFactor(events, evidence)
  const first = failureTimes(events)?.first
  return found &&
    first !== undefined &&
    EARLY.includes(found.key) &&
    exposure(evidence)(first) < MIN_CLEAN_SHARE
    ? { ...found, says: `${found.says}: a cold start`, when: `${found.when ?? ''}: a cold start` }
    : undefined
}

const EARLY: readonly string[] = ['warm-up', 'ramp-up']

/** The one phase with failures, where few requests were sent in it. */
export function phaseFactor(events: readonly Weighted[], evidence: Evidence): FactorFinding | undefined {
  const one = shared(events, ({ phase }) => phase)
  if (!one) return undefined
  const sent = exposure(evidence)
  const parts = new Map<string, number>()
  for (const text of new Set(
    evidence.phases.map(({ phase, from, to }) => JSON.stringify([phase, from, to])),
  )) {
    const [phase, from, to] = JSON.parse(text) as [string, string, string]
    parts.set(phase, (parts.get(phase) ?? 0) + sent(Date.parse(to)) - sent(Date.parse(from)))
  }
  const all = [...parts.values()].reduce((sum, part) => sum + part, 0)
  const part = all > 0 ? (parts.get(one.key) ?? all) / all : 1
  if (part ** witnesses(events) > MAX_CHANCE) return undefined
  return { factor: 'time', key: one.key, share: one.share, ...came(`in the phase ${one.key}`) }
}

/** The journey and the step that all failures share. */
export function sharedPlace(events: readonly Weighted[]): EvidencePlace {
  const of = (get: (event: Weighted) => string | undefined): string | undefined => {
    const one = shared(events, get)
    return one && one.share > 0.9995 ? one.key : undefined
  }
  const journey = of((event) => event.journey)
  return journey === undefined ? {} : { journey, step: of((event) => event.step) }
}

/** A place in words: `at checkout › place order`, `in journey checkout`; undefined for none. */
export const placeText = ({ journey, step }: EvidencePlace): string | undefined =>
  journey === undefined ? undefined : step === undefined ? `in journey ${journey}` : `at ${journey} › ${step}`

/** Where all failures are, as narrowly as they share it: journey, step, request, status. */
export function placeFactor(events: readonly Weighted[]): FactorFinding | undefined {
  const place = placeText(sharedPlace(events))
  const request = shared(events, ({ kind, what, request }) => (kind === 'request' ? what : request))
  const status = shared(events, (event) => event.status)
  const parts = [
    ...(place ? [place] : []),
    ...(request ? [`${place ? '' : 'at '}request ${request.key}`] : []),
  ]
  if (parts.length === 0) return undefined
  const answer = !status || status.key < 400 ? '' : `: status ${status.key}`
  const text = parts.join(', ')
  return { factor: 'place', key: text, share: request?.share ?? 1, says: `are ${text}${answer}` }
}
