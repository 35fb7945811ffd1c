import { parseDuration } from '../../../config/duration.ts'
import type { Tolerance } from '../../../config/gate.ts'
import type { Load, PatternLevel } from '../../../config/workload/load.ts'
import type { Draft, DraftRequest } from './draft.ts'
import type { JourneyModule } from './journeyModule.ts'
import type { Preset, PresetJourney, PresetRequest, PresetThreshold } from './preset.ts'
import { GRAPHQL_PATH, nameOf, pathIn } from './requestRules.ts'

/** Users in a browser take a core each: one, unless the preset says more. */
const BROWSER_LOAD: Load = { vus: 1 }
const USUAL_LOAD: Load = { rate: 1 }
/** Seconds. */
const USUAL_THINK = [1, 1] as const

/** A draft without problems as a preset, with what it leaves out. `at` says where something is in the file. */
export function presetOf(
  draft: Draft & { name: string },
  module: JourneyModule | undefined,
  at: (path: string) => [number, number],
): Preset {
  const {
    load,
    think,
    requests,
    journeys,
    thresholds = {},
    regions,
    tolerances,
    limits = {},
    ...same
  } = draft
  const { vus, rate, pattern } = load ?? {}
  const usual = module?.browser === true ? BROWSER_LOAD : USUAL_LOAD
  const openLoad: Load | undefined =
    rate === undefined ? undefined : { rate, ...(pattern && { pattern: pattern as readonly PatternLevel[] }) }
  const size: Load = vus !== undefined ? { vus } : (openLoad ?? usual)
  const waits = think === undefined ? ('vus' in size ? USUAL_THINK : undefined) : secondsOf(think)
  return {
    ...same,
    load: size,
    limits,
    thresholds: Object.fromEntries(
      Object.entries(thresholds).map(([key, given]) => [key, [given].flat() as readonly PresetThreshold[]]),
    ),
    ...(requests && {
      requests: requests.map((one, index) =>
        requestOf(one as DraftRequest, draft.target, at(`requests[${index}]`)),
      ),
      ...(waits && { think: waits }),
    }),
    ...(module && { journeys: (journeys ?? Object.keys(module.journeys)).map(journeyOf) }),
    ...(regions && { regions: sharesOf(regions as readonly string[] | Record<string, number>) }),
    ...(tolerances && { tolerances: tolerances as readonly Tolerance[] }),
  }
}

function requestOf(
  request: DraftRequest,
  target: string | undefined,
  at: readonly [number, number],
): PresetRequest {
  const { path = request.graphql ? GRAPHQL_PATH : '/', method = 'GET', ...rest } = request
  return {
    ...rest,
    at,
    method,
    name: nameOf(request),
    path: target === undefined ? path : (pathIn(path, target) ?? path),
  }
}

const journeyOf = (one: string | Readonly<Record<string, number>> | undefined): PresetJourney => {
  const [[name, weight] = ['', 1]] = Object.entries(typeof one === 'object' ? one : { [one ?? '']: 1 })
  return { name, weight }
}

function secondsOf(think: NonNullable<Draft['think']>): readonly [number, number] {
  const [least = 0, most = least] = [think].flat().map((text) => (parseDuration(text ?? '') ?? 0) / 1000)
  return [least, most]
}

/** Percents by load zone; of equal shares the first ones have what is left. */
function sharesOf(regions: readonly string[] | Readonly<Record<string, number>>): Record<string, number> {
  if (!Array.isArray(regions)) return { ...(regions as Record<string, number>) }
  const zones = regions as readonly string[]
  const each = Math.floor(100 / zones.length)
  return Object.fromEntries(
    zones.map((zone, index) => [zone, each + (index < 100 - each * zones.length ? 1 : 0)]),
  )
}
