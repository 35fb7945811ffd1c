import { DURATION_FORMS, parseDuration } from '../duration.ts'
import { isRecord, type KeyCheck } from '../problem/keys.ts'
import { ALERT_PERIODS, ALERTS, type Monitor, type MonitorAlert } from './monitor.ts'
import { parseHttpUrl } from '../url.ts'

// The API's limits (checks_extra.go of the agent), or the app's form where it is stricter: what breaks it can be
// applied, but no longer be saved there.
const MAX_PROBES = 64
const MAX_LABELS = 10
const MAX_TARGET = 2040
/** Characters of a job, and of a label's name and value. */
export const MAX_NAME = 128

const within =
  (least: string, most: string): KeyCheck =>
  (value) => {
    const milliseconds = typeof value === 'string' ? parseDuration(value) : undefined
    if (milliseconds === undefined) return `${DURATION_FORMS}, ${least} to ${most}`
    const holds = milliseconds >= Number(parseDuration(least)) && milliseconds <= Number(parseDuration(most))
    return holds && Number.isInteger(milliseconds) ? undefined : `${least} to ${most}`
  }
const matching =
  (allowed: string, holds: (text: string) => boolean): KeyCheck =>
  (value) =>
    typeof value === 'string' && holds(value) ? undefined : allowed
const oneOf = (words: readonly string[]): KeyCheck =>
  matching(words.join(', '), (text) => words.includes(text))
const isFlag: KeyCheck = (value) => (typeof value === 'boolean' ? undefined : 'true or false')
const isWord = matching('a text', (text) => text !== '' && text.trim() === text)

/** The checks of a monitor's keys, each for itself. */
export const MONITOR_KEYS: Readonly<Record<keyof Monitor, KeyCheck>> = {
  target: matching(
    `an http or https URL without query, of at most ${MAX_TARGET} characters, such as https://shop.example.com`,
    (text) => parseHttpUrl(text) !== undefined && text.length <= MAX_TARGET,
  ),
  probes: (value) =>
    Array.isArray(value) &&
    value.every((name) => isWord(name) === undefined) &&
    value.length > 0 &&
    value.length <= MAX_PROBES &&
    new Set(value).size === value.length
      ? undefined
      : `1 to ${MAX_PROBES} names of probes, each once, such as ['Frankfurt', 'London']`,
  every: within('1m', '1h'),
  timeout: within('5s', '3m'),
  alerts: (value) =>
    Array.isArray(value)
      ? undefined
      : `alerts such as [{ name: '${ALERTS[0]}', threshold: 2, period: '15m' }]`,
  labels: (value) =>
    isRecord(value) && Object.keys(value).length <= MAX_LABELS
      ? undefined
      : `at most ${MAX_LABELS} labels, such as { team: 'shop' }`,
  job: matching(
    `at most ${MAX_NAME} characters without commas and quotes`,
    (text) => /^[^,'"]+$/.test(text) && text.length <= MAX_NAME && isWord(text) === undefined,
  ),
  enabled: isFlag,
  environment: isWord,
  settings: (value) =>
    isRecord(value) && Object.values(value).every((text) => typeof text === 'string')
      ? undefined
      : "settings as texts, such as { REQUEST_TIMEOUT: '5s' }",
  basicMetricsOnly: isFlag,
  channel: isWord,
  folderUid: isWord,
}

/** The checks of an alert's keys, each for itself. */
export const ALERT_KEYS: Readonly<Record<keyof MonitorAlert, KeyCheck>> = {
  name: oneOf(ALERTS),
  threshold: (value) =>
    Number.isSafeInteger(value) && Number(value) > 0 ? undefined : 'a whole number above 0',
  period: oneOf(ALERT_PERIODS),
  runbookUrl: matching('an http or https URL', (text) => /^https?:\/\/[^\s/]\S*$/.test(text)),
}
