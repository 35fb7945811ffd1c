import { formatDuration, parseDuration } from '../duration.ts'
import type { Setting } from './setting.ts'
import { SETTINGS } from './settings.ts'

const table: Readonly<Record<string, Setting>> = SETTINGS

/** A setting's value as one would write it: durations as k6 writes them. */
export const settingText = (name: string, value: unknown): string =>
  table[name]?.read === parseDuration ? formatDuration(Number(value)) : String(value)
