import type { Config } from '../../../config/config.ts'
import { parseDuration } from '../../../config/duration.ts'
import { environments, type Caps, type EnvironmentChange } from '../../../config/environments.ts'
import { unknownWord } from '../../../config/problem/nearest.ts'
import type { Problem } from '../../../config/problem/problem.ts'
import { SETTINGS } from '../../../config/settings/settings.ts'
import { parseHttpUrl } from '../../../config/url.ts'
import { monitorOf } from './monitorOf.ts'
import type { Preset } from './preset.ts'
import type { ReadPreset } from './readPreset.ts'

/** What a preset says beside its suite: a part of a config. */
export type Overlay = Pick<Config, 'environments' | 'environment' | 'cloud' | 'gate' | 'monitors'>

/**
 * The part of a config that a preset says, over a project's. With a target of its own it is an environment named after the
 * preset; else a change of the one that it names, or of the project's default. Limits can only be tightened.
 */
export function overlayOf(
  { preset, placeOf }: ReadPreset,
  config: Config,
): { overlay: Overlay; problems: Problem[] } {
  const { target, regions, tolerances } = preset
  const known = environments(config)
  const isOwn = target !== undefined && preset.environment === undefined
  const place = isOwn
    ? preset.name
    : (preset.environment ?? config.environment ?? SETTINGS.ENVIRONMENT.default)
  const tell = (path: string, problem: Omit<Problem, 'where'>): Problem => ({
    where: `${placeOf(path)}: ${path}`,
    ...problem,
  })
  if (!isOwn && !Object.hasOwn(known, place)) {
    const { got, allowed, fix } = unknownWord('', place, Object.keys(known))
    return {
      overlay: {},
      problems: [tell('environment', { got, allowed, ...(fix === undefined ? {} : { fix }) })],
    }
  }
  const problems: Problem[] = []
  if (isOwn && Object.hasOwn(known, place))
    problems.push(
      tell('target', {
        got: `a target, and ${JSON.stringify(place)} for a name`,
        allowed: 'the name of no environment that is there',
        fix: `Write another name, or environment: ${place}, whose hosts and caps then hold.`,
      }),
    )
  const caps = isOwn ? undefined : known[place]?.caps
  if (caps) problems.push(...looseLimits(preset, caps, place).map(([path, problem]) => tell(path, problem)))
  const { monitor, problems: unfit } = monitorOf(preset, target ?? known[place]?.target)
  problems.push(...unfit.map(([path, problem]) => tell(path, problem)))
  const own = changeOf(preset, isOwn)
  const before = config.environments?.[place]
  const changed: EnvironmentChange = { ...before, ...own, ...capsOf(before, own), ...settingsOf(before, own) }
  return {
    problems,
    overlay: {
      environments: { [place]: changed },
      ...(isOwn || preset.environment !== undefined ? { environment: place } : {}),
      ...(monitor && { monitors: { [preset.name]: monitor } }),
      ...(regions && { cloud: { distribution: zonesOf(regions) } }),
      ...(tolerances && { gate: { tolerances: tolerances.map((one) => ({ ...one, environment: place })) } }),
    },
  }
}

/** A config with an overlay over it. */
export const overlaid = (
  config: Config,
  { environments, environment, cloud, gate, monitors }: Overlay,
): Config => ({
  ...config,
  environments: { ...config.environments, ...environments },
  ...(environment === undefined ? {} : { environment }),
  ...(monitors && { monitors: { ...config.monitors, ...monitors } }),
  ...(cloud && { cloud: { ...config.cloud, ...cloud } }),
  ...(gate && {
    gate: { ...config.gate, tolerances: [...(gate.tolerances ?? []), ...(config.gate?.tolerances ?? [])] },
  }),
})

function changeOf(
  { target, profile, rampUp, warmUp, duration, rampDown, limits }: Preset,
  isOwn: boolean,
): EnvironmentChange {
  const { vus, rate, duration: longest, browserVUs } = limits
  const most = vus === undefined ? browserVUs : Math.min(vus, browserVUs ?? vus)
  const caps = {
    ...(most === undefined ? {} : { vus: most }),
    ...(rate === undefined ? {} : { rate }),
    ...(longest === undefined ? {} : { duration: longest }),
  }
  const settings = Object.fromEntries(
    Object.entries({
      PROFILE: profile,
      RAMP_UP: rampUp,
      WARM_UP: warmUp,
      DURATION: duration,
      RAMP_DOWN: rampDown,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  const host = parseHttpUrl(target ?? '')?.host
  return {
    ...(target === undefined ? {} : { target }),
    ...(isOwn && host !== undefined ? { hosts: [host] } : {}),
    ...(Object.keys(caps).length > 0 ? { caps } : {}),
    ...(Object.keys(settings).length > 0 ? { settings } : {}),
  }
}

const capsOf = (before: EnvironmentChange | undefined, own: EnvironmentChange) =>
  before?.caps && own.caps ? { caps: { ...before.caps, ...own.caps } } : {}
const settingsOf = (before: EnvironmentChange | undefined, own: EnvironmentChange) =>
  before?.settings && own.settings ? { settings: { ...before.settings, ...own.settings } } : {}

/** Limits above the caps of the environment: it knows what may be done to it. */
function looseLimits({ limits }: Preset, caps: Caps, place: string): [string, Omit<Problem, 'where'>][] {
  const found: [string, Omit<Problem, 'where'>][] = []
  const look = (key: keyof Caps, got: number | string | undefined, isMore: boolean): void => {
    if (got !== undefined && isMore)
      found.push([
        `limits.${key}`,
        { got: String(got), allowed: `at most ${caps[key]}, the cap of ${place}` },
      ])
  }
  look('vus', limits.vus, (limits.vus ?? 0) > caps.vus)
  look('rate', limits.rate, (limits.rate ?? 0) > caps.rate)
  look(
    'duration',
    limits.duration,
    (parseDuration(limits.duration ?? '') ?? 0) > (parseDuration(caps.duration) ?? Infinity),
  )
  return found
}

const zonesOf = (regions: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    Object.entries(regions).map(([loadZone, percent]) => [
      loadZone.replace(/[^\w-]+/g, '-'),
      { loadZone, percent },
    ]),
  )
