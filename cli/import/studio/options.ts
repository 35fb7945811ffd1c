import type { Note } from '../recording.ts'
import { isRecord, textAt, type Raw } from './raw.ts'

/** The virtual users that a load profile asks for at most; undefined where it names none, or one. */
export function virtualUsers({ loadProfile }: Raw): number | undefined {
  if (!isRecord(loadProfile)) return undefined
  const stages = Array.isArray(loadProfile.stages) ? loadProfile.stages.filter(isRecord) : []
  const most = Math.max(
    0,
    ...[loadProfile.vus, ...stages.map(({ target }) => target)].map((value) => Number(value) || 0),
  )
  return most > 1 ? Math.floor(most) : undefined
}

/** The thresholds that are switched on, by metric; what cannot be kept is noted. */
export function readThresholds({ thresholds }: Raw, left: Note[]): Record<string, string[]> | undefined {
  if (!Array.isArray(thresholds)) return undefined
  const kept: Record<string, string[]> = {}
  for (const [index, raw] of thresholds.entries()) {
    const place = `threshold ${index + 1}`
    if (!isRecord(raw) || raw.enabled === false) continue
    const [metric, statistic, condition] = ['metric', 'statistic', 'condition'].map((key) => textAt(raw, key))
    const known =
      metric !== undefined &&
      /^\w{2,100}$/.test(metric) &&
      /^(?:count|rate|value|avg|min|max|p\(\d{1,2}\))$/.test(statistic ?? '') &&
      /^(?:<|<=|>|>=|===|!=)$/.test(condition ?? '') &&
      typeof raw.value === 'number' &&
      Number.isFinite(raw.value)
    if (!known) {
      left.push({ place, text: 'is no threshold that k6 knows' })
      continue
    }
    if (raw.stopTest === true)
      left.push({ place, text: `${metric} no longer stops the test: add abortOnFail where it must` })
    kept[metric] = [...(kept[metric] ?? []), `${statistic}${condition}${raw.value as number}`]
  }
  return Object.keys(kept).length === 0 ? undefined : kept
}
