import { isRecord } from '../../../config/problem/keys.ts'
import { nearest } from '../../../config/problem/nearest.ts'
import { quote } from '../../../config/problem/problem.ts'
import { EXECUTORS, SCENARIO } from '../../../testing/tables.ts'
import { valuePlaces, type ScenarioFields } from '../../project/index.ts'
import type { ScriptPlace, Subject } from '../rule.ts'

/** Whether a key is one of those; capitals do not matter to k6. */
export const has = (keys: readonly string[], key: string): boolean =>
  keys.some((known) => known.toLowerCase() === key.toLowerCase())

/** What a misspelt key may be meant as. */
export function meant(key: string, keys: readonly string[]): { fix?: string } {
  const near = nearest(key, keys)
  return near === undefined ? {} : { fix: `did you mean ${near}?` }
}

/** The values of `env` or `tags` that are no text; functions, which are told elsewhere, are left out. */
export function texts(value: unknown, at: string): ScriptPlace[] {
  if (!isRecord(value)) return []
  return Object.entries(value)
    .filter(([, one]) => typeof one !== 'string' && typeof one !== 'function')
    .map(([key, one]) => ({
      at: `${at}.${key}`,
      got: `a ${typeof one}`,
      fix: `write it as text: '${String(one)}'`,
    }))
}

/** What k6 cannot read of one scenario. */
export function scenarioPlaces(name: string, scenario: unknown, subject: Subject): ScriptPlace[] {
  const at = `options.scenarios.${name}`
  // A function may stand in for what another module makes.
  if (typeof scenario === 'function') return []
  if (!isRecord(scenario)) return [{ at, got: `a ${typeof scenario}` }]
  const { executor, exec } = scenario
  if (typeof executor === 'function') return []
  const keys = EXECUTORS[String(executor)]
  const places: ScriptPlace[] = /^[\w-]+$/.test(name)
    ? []
    : [{ at, got: quote(name), fix: 'letters, digits, dash and underscore only' }]
  if (!keys)
    return [...places, { at, got: `executor ${quote(String(executor))}`, ...meantExecutor(String(executor)) }]
  const known = [...SCENARIO, ...keys]
  for (const key of Object.keys(scenario))
    if (!has(known, key))
      places.push({ at: `${at}.${key}`, got: `${quote(key)} of ${String(executor)}`, ...meant(key, known) })
  for (const [where, one, allowed] of inner(scenario, at))
    if (isRecord(one))
      for (const key of Object.keys(one))
        if (!has(allowed, key))
          places.push({ at: `${where}.${key}`, got: quote(key), ...meant(key, allowed) })
  const exported = subject.evaluation?.exports
  if (typeof exec === 'string' && exported && typeof exported[exec] !== 'function')
    places.push({ at: `${at}.exec`, got: `${quote(exec)}, which is no exported function` })
  places.push(...valuePlaces(String(executor), scenario, at))
  return [...places, ...texts(scenario.env, `${at}.env`), ...texts(scenario.tags, `${at}.tags`)]
}

/** The objects inside a scenario whose keys k6 reads strictly. */
function inner(
  { stages, options }: ScenarioFields,
  at: string,
): (readonly [string, unknown, readonly string[]])[] {
  const each = Array.isArray(stages) ? (stages as unknown[]) : []
  return [
    ...each.map((stage, index) => [`${at}.stages[${index}]`, stage, ['duration', 'target']] as const),
    [`${at}.options`, options, ['browser']],
  ]
}

function meantExecutor(executor: string): { fix: string } {
  const near = nearest(executor, Object.keys(EXECUTORS))
  return { fix: near === undefined ? `one of ${Object.keys(EXECUTORS).join(', ')}` : `did you mean ${near}?` }
}
