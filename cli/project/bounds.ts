import { formatDuration } from '../../config/duration.ts'
import { quote, type Problem } from '../../config/problem/problem.ts'
import type { SettingName } from '../../config/settings/settings.ts'

const DAY_MS = 86_400_000

/** What a setting's value may be beyond its form: durations in milliseconds. */
const BOUNDS: Partial<Record<SettingName, { least: number; most: number }>> = {
  SCALE: { least: 1e-6, most: 1e6 },
  RATE: { least: 1e-6, most: 1e6 },
  VUS: { least: 1, most: 1e6 },
  RAMP_UP: { least: 0, most: 365 * DAY_MS },
  WARM_UP: { least: 0, most: 365 * DAY_MS },
  DURATION: { least: 1, most: 365 * DAY_MS },
  RAMP_DOWN: { least: 0, most: 365 * DAY_MS },
  TIME_BUDGET: { least: 1, most: 365 * DAY_MS },
  REQUEST_TIMEOUT: { least: 1, most: 365 * DAY_MS },
}

/** A problem for each setting whose value k6 could not keep, or with which nothing could pass. */
export function boundProblems(settings: Readonly<Partial<Record<SettingName, unknown>>>): Problem[] {
  return Object.entries(BOUNDS).flatMap(([name, { least, most }]) => {
    const value = settings[name as SettingName]
    if (typeof value !== 'number' || (value >= least && value <= most)) return []
    const isTime = most === 365 * DAY_MS
    const shown = isTime ? formatDuration : String
    const allowed = `from ${shown(least)} to ${isTime ? '365d' : shown(most)}`
    return [{ where: name, got: isTime && value <= most ? formatDuration(value) : String(value), allowed }]
  })
}

/** A problem for each `-e` that k6 refuses, or takes as an empty value: no `=`, or a name that is no variable's. */
export function pairProblems(pairs: readonly string[]): Problem[] {
  return pairs
    .filter((pair) => !/^[A-Za-z_]\w*=/.test(pair))
    .map((pair) => ({
      where: '-e',
      got: quote(pair.split('=', 1)[0] ?? '') + (pair.includes('=') ? ' as a name' : ' without a value'),
      allowed: 'NAME=value, a name of letters, digits and _',
    }))
}
