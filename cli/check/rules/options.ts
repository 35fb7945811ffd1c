import { isRecord } from '../../../config/problem/keys.ts'
import { quote, type Problem } from '../../../config/problem/problem.ts'
import type { MetricKind } from '../../../config/thresholds/metricKinds.ts'
import { thresholdProblems } from '../../../config/thresholds/thresholdProblems.ts'
import { OPTIONS } from '../../../testing/tables.ts'
import { METRICS, MODULE_METRICS, OVERRIDDEN } from '../../k6/index.ts'
import { shortcutOf, valuePlaces, type ScenarioFields } from '../../project/index.ts'
import type { ScriptPlace, Rule, Subject } from '../rule.ts'
import { has, meant, scenarioPlaces, texts } from './scenarioKeys.ts'

const optionsOf = ({ evaluation }: Subject): unknown => evaluation?.exports?.options

/** Rules about `options`. */
export const OPTIONS_RULES: readonly Rule[] = [
  {
    id: 'options',
    severity: 'error',
    looks:
      'options that k6 cannot read or refuses: unknown keys in a scenario, names, numbers, no VU, no duration, one below 1s, stages without target, `env` and `tags` that are no text',
    why: 'exit 104, before anything is sent',
    fix: 'write what k6’s reference of options has',
    find: (subject) => {
      const options = optionsOf(subject)
      if (options === undefined || options === null) return []
      // What stands in for a module is a function, whatever it stands for.
      const standsIn = (subject.evaluation?.standIns ?? []).length > 0
      if (standsIn && typeof options === 'function') return []
      if (!isRecord(options))
        return [{ at: 'options', got: `a ${Array.isArray(options) ? 'list' : typeof options}` }]
      return [
        ...(standsIn ? [] : unwritable(options, 'options')),
        ...texts(options.tags, 'options.tags'),
        ...clashes(options),
        ...ownShape(options),
        ...(isRecord(options.scenarios)
          ? Object.entries(options.scenarios).flatMap(([name, one]) => scenarioPlaces(name, one, subject))
          : []),
      ]
    },
  },
  {
    id: 'option-unknown',
    severity: 'warning',
    looks: 'options that k6 does not know',
    why: 'k6 warns and goes on without them',
    fix: 'correct the name, or take it out',
    find: (subject) => {
      const options = optionsOf(subject)
      return isRecord(options)
        ? Object.keys(options)
            .filter((key) => !has(OPTIONS, key))
            .map((key) => ({ at: `options.${key}`, got: quote(key), ...meant(key, OPTIONS) }))
        : []
    },
  },
  {
    id: 'option-overridden',
    severity: 'warning',
    looks: `options that the agent sets itself: ${OVERRIDDEN.join(', ')}`,
    why: 'in a scripted check the agent’s command line wins: what is written here has no effect there',
    fix: 'give it to each request where that is possible (throw, redirects, timeout), or do without',
    find: (subject) => {
      const options = optionsOf(subject)
      return isRecord(options) && subject.kind === 'scripted'
        ? OVERRIDDEN.filter((key) => options[key] !== undefined && options[key] !== null).map((key) => ({
            at: `options.${key}`,
            got: quote(key),
          }))
        : []
    },
  },
  {
    id: 'system-tags',
    severity: 'warning',
    looks: '`systemTags` without `expected_response` and `error_code`, or with neither `name` nor `url`',
    why: 'a monitor’s series are made of these: without expected_response a 200 is published as unexpected',
    fix: 'leave systemTags out, or list these too',
    find: (subject) => {
      const options = optionsOf(subject)
      const tags: unknown = isRecord(options) ? options.systemTags : undefined
      if (!Array.isArray(tags)) return []
      const named = tags.includes('name') || tags.includes('url')
      const missing = ['expected_response', 'error_code', ...(named ? [] : ['name'])].filter(
        (tag) => !tags.includes(tag),
      )
      return missing.length > 0 ? [{ at: 'options.systemTags', got: `no ${missing.join(', ')}` }] : []
    },
  },
  {
    id: 'threshold',
    severity: 'error',
    looks: 'thresholds on metrics that the script never creates, or that k6 cannot read',
    why: 'exit 104 in every load test; a monitor evaluates none',
    fix: 'create the metric at the top level, or correct the name',
    find: (subject) => {
      const options = optionsOf(subject)
      const thresholds = isRecord(options) ? options.thresholds : undefined
      if (thresholds === undefined || thresholds === null || typeof thresholds === 'function') return []
      const unsure = (subject.evaluation?.standIns ?? []).some((module) => /^https:|^\.|^\//.test(module))
      return thresholdProblems(thresholds, kindsOf(subject)).map((problem) => ({
        at: problem.where,
        got: gotOf(problem),
        ...(problem.fix !== undefined && { fix: problem.fix }),
        // A module that was not seen may create it.
        ...(unsure && { severity: 'warning' as const }),
      }))
    },
  },
]

/** What was found, with what is allowed where that is no list of every metric. */
const gotOf = ({ got, allowed }: Problem): string =>
  allowed.length > 100 ? `${got}, which nothing creates` : `${got}; allowed: ${allowed}`

/** The metrics that exist in a script, and their kinds. */
function kindsOf({ evaluation, script }: Subject): Record<string, MetricKind> {
  const kinds: Record<string, MetricKind> = { ...METRICS }
  for (const { module } of script?.imports ?? []) Object.assign(kinds, MODULE_METRICS[module])
  for (const { name, type } of evaluation?.declared?.metrics ?? []) kinds[name] = type
  return kinds
}

/** What k6 refuses of a load that is written without scenarios. */
function ownShape(options: ScenarioFields): ScriptPlace[] {
  const shortcut = shortcutOf(options)
  if (!shortcut || clashes(options).length > 0) return []
  return valuePlaces(shortcut.executor, shortcut.fields, 'options').map((place) => ({
    ...place,
    at: place.at.replace(/\.startVUs$/, '.vus').replace(/\.maxDuration$/, '.duration'),
  }))
}

function clashes(options: ScenarioFields): ScriptPlace[] {
  const set = ['scenarios', 'duration', 'iterations', 'stages'].filter(
    (key) => options[key] !== undefined && options[key] !== null,
  )
  // With `iterations` a duration is its longest time.
  const clash = set.includes('scenarios') ? set.length > 1 : set.includes('stages') && set.length > 1
  return clash
    ? [{ at: 'options', got: `${set.join(' and ')} together`, fix: 'write all of it as scenarios' }]
    : []
}

/** What cannot be written as JSON: functions, and numbers that are none. */
function unwritable(value: unknown, at: string, depth = 0): ScriptPlace[] {
  if (typeof value === 'function' || typeof value === 'bigint' || typeof value === 'symbol')
    return [{ at, got: `a ${typeof value}`, why: 'exit 255: “error parsing script options”' }]
  if (typeof value === 'number' && !Number.isFinite(value))
    return [{ at, got: String(value), why: 'exit 255: “error parsing script options”' }]
  if (typeof value !== 'object' || value === null || depth > 6) return []
  return Object.entries(value).flatMap(([key, inner]) => unwritable(inner, `${at}.${key}`, depth + 1))
}
