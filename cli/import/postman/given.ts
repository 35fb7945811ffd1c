import { parseJson, UserError } from '../../base/index.ts'
import { isSecret } from '../secrets/isSecret.ts'
import { isRecord, textAt, type Raw } from '../studio/raw.ts'
import type { RawCollection } from './kind.ts'

/** A variable that a file gives a value. */
export interface GivenVariable {
  value: string
  secret: boolean
}

/** Variables of a collection, and of its environment, which wins. */
export function givenVariables(
  { variable }: RawCollection,
  environment: Raw | undefined,
): Map<string, GivenVariable> {
  const given = new Map<string, GivenVariable>()
  for (const list of [variable, environment?.values])
    for (const raw of Array.isArray(list) ? list.filter(isRecord) : []) {
      const name = (textAt(raw, 'key') ?? textAt(raw, 'id') ?? '').trim()
      if (name === '' || raw.enabled === false || raw.disabled === true) continue
      const value = textOf(raw.value)
      given.set(name, { value, secret: raw.type === 'secret' || isSecret(name, value) })
    }
  return given
}

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  return value === undefined || value === null ? '' : JSON.stringify(value)
}

/** Reads an environment's file. Throws UserError where it is none. */
export function environmentIn(text: string, file: string): Raw {
  const json = parseJson(text)
  if (!isRecord(json) || !Array.isArray(json.values))
    throw new UserError(
      `${file} is no environment of Postman: allowed: JSON with "values", as Postman exports it (*.postman_environment.json)`,
    )
  return json
}
