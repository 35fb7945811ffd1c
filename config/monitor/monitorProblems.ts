import { formatDuration, parseDuration } from '../duration.ts'
import { MONITOR_DEFAULTS, RESERVED_LABELS } from './monitor.ts'
import { describe, isRecord, keyProblems } from '../problem/keys.ts'
import { ALERT_KEYS, MAX_NAME, MONITOR_KEYS } from './monitorKeys.ts'
import { quote, type Problem } from '../problem/problem.ts'
import { settingNameProblem } from '../settings/settingNameProblem.ts'

/** Every problem of a config's `monitors`, as its author wrote them; `where` says what they are called. */
export const monitorProblems = (value: unknown, where: string): Problem[] => {
  if (!isRecord(value))
    return [{ where, got: describe(value), allowed: 'monitors by the name of their suite' }]
  const problems: Problem[] = []
  const seen = new Map<string, string>()
  for (const [suite, entry] of Object.entries(value)) {
    const list: unknown[] = Array.isArray(entry) ? entry : [entry]
    for (const [index, monitor] of list.entries()) {
      const here = `${where}.${suite}${Array.isArray(entry) ? `[${index}]` : ''}`
      problems.push(...problemsOf(monitor, suite, here))
      if (!isRecord(monitor) || typeof monitor.target !== 'string') continue
      const identity = JSON.stringify([monitor.job ?? suite, monitor.target])
      const twin = seen.get(identity)
      if (twin !== undefined)
        problems.push({
          where: here,
          got: `job and target of ${twin}`,
          allowed: 'a check of its own, which job and target together identify',
          fix: 'Give it another `job`.',
        })
      seen.set(identity, here)
    }
  }
  return problems
}

const problemsOf = (monitor: unknown, suite: string, where: string): Problem[] => {
  if (!isRecord(monitor))
    return [{ where, got: describe(monitor), allowed: 'a monitor: { target, probes, … }' }]
  const problems = keyProblems({ job: suite, ...monitor }, MONITOR_KEYS, where, ['target', 'probes'])
  const every = milliseconds(monitor.every ?? MONITOR_DEFAULTS.every)
  const timeout = milliseconds(monitor.timeout ?? MONITOR_DEFAULTS.timeout.browser)
  if (timeout > every)
    problems.push({
      where: `${where}.timeout`,
      got: quote(formatDuration(timeout)),
      allowed: `at most \`every\`, which is ${formatDuration(every)}: passes would overlap`,
    })
  const probes = Array.isArray(monitor.probes) ? monitor.probes.length : 0
  return [
    ...problems,
    ...labelProblems(monitor.labels, `${where}.labels`),
    ...settingProblems(monitor.settings, `${where}.settings`),
    ...alertsProblems(monitor.alerts, `${where}.alerts`, every, probes),
  ]
}

const labelProblems = (labels: unknown, where: string): Problem[] =>
  Object.entries(isRecord(labels) ? labels : {}).flatMap(([name, value]): Problem[] => {
    const allowed = RESERVED_LABELS.includes(name)
      ? 'a name that the agent does not set itself'
      : `a name of letters, digits and _, at most ${MAX_NAME}, no digit first`
    if (RESERVED_LABELS.includes(name) || !/^[a-zA-Z_]\w*$/.test(name) || name.length > MAX_NAME)
      return [{ where, got: quote(name), allowed }]
    return typeof value === 'string' && value !== '' && utf8Length(value) <= MAX_NAME
      ? []
      : [{ where: `${where}.${name}`, got: describe(value), allowed: `a text of 1 to ${MAX_NAME} bytes` }]
  })

/** Settings that follow from a key of their own. */
const OWN_KEYS: Readonly<Record<string, string>> = {
  BASE_URL: 'target',
  TIME_BUDGET: 'timeout',
  ENVIRONMENT: 'environment',
}

const settingProblems = (settings: unknown, where: string): Problem[] =>
  Object.keys(isRecord(settings) ? settings : {}).flatMap((name) => {
    const key = Object.hasOwn(OWN_KEYS, name) ? OWN_KEYS[name] : undefined
    if (key !== undefined)
      return [{ where, got: quote(name), allowed: `other settings: this one follows from \`${key}\`` }]
    return settingNameProblem(name, where) ?? []
  })

const alertsProblems = (alerts: unknown, where: string, every: number, probes: number): Problem[] => {
  const list: unknown[] = Array.isArray(alerts) ? alerts : []
  const names = list.map((alert) => (isRecord(alert) ? alert.name : undefined))
  return list.flatMap((alert, index): Problem[] => {
    const here = `${where}[${index}]`
    if (!isRecord(alert))
      return [{ where: here, got: describe(alert), allowed: 'an alert: { name, threshold, period }' }]
    const problems = keyProblems(alert, ALERT_KEYS, here, ['name', 'threshold', 'period'])
    if (problems.length > 0) return problems
    if (names.indexOf(alert.name) < index)
      return [{ where: `${here}.name`, got: describe(alert.name), allowed: 'each alert once' }]
    const period = milliseconds(alert.period)
    if (period < every)
      return [
        {
          where: `${here}.period`,
          got: describe(alert.period),
          allowed: `at least \`every\`, which is ${formatDuration(every)}`,
        },
      ]
    // As many as the API computes: src/schemas/general/CheckAlerts.ts of the app.
    const most = Math.floor(period / every) * probes
    return probes > 0 && Number(alert.threshold) > most
      ? [
          {
            where: `${here}.threshold`,
            got: describe(alert.threshold),
            allowed: `at most ${most}, all passes of all probes in ${formatDuration(period)}`,
          },
        ]
      : []
  })
}

/** NaN for what is no duration. */
const milliseconds = (value: unknown): number =>
  (typeof value === 'string' ? parseDuration(value) : undefined) ?? NaN

const utf8Length = (text: string): number =>
  Array.from(text).reduce((sum, letter) => {
    const code = letter.codePointAt(0) ?? 0
    return sum + (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4)
  }, 0)
