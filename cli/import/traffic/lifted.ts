import { isHiddenAfter, isPersonal } from '../secrets/isHidden.ts'
import { isSecret } from '../secrets/isSecret.ts'
import { isWord } from '../secrets/isWord.ts'
import { isRandom } from '../secrets/madeByMachine.ts'
import { secretWords, wordName } from '../secrets/secretWords.ts'
import { isPublicName } from '../secrets/secretName.ts'
import { searchFor } from '../search.ts'
import { variableFor } from '../variableFor.ts'
import { basicCode, basicUserIn } from './basicUser.ts'
import { mapDraft, type Draft, type Where } from './draft.ts'
import { divided } from './divided.ts'
import { fixedIds } from './fixedIds.ts'
import { madeValue } from './madeValue.ts'
import type { Names } from './names.ts'
import { ownIds } from './ownIds.ts'
import { personColumn } from './person.ts'
import { code, type Code, type Value } from './value.ts'

/** Requests without what is of one user or of one moment. */
export interface Lifted {
  drafts: Draft[]
  /** Variables of the shell, by the secret that each holds. */
  secrets: ReadonlyMap<string, string>
  /** Columns of the pool, by the value that was recorded. */
  columns: ReadonlyMap<string, string>
  /** Variables of the journey, by the UUID that each holds. */
  ids: ReadonlyMap<string, string>
  /** A text with `…` in the place of each secret. */
  hide: (text: string) => string
}

/** Takes secrets (those that are `known`, and others), values of one user, and what was made for one moment out of requests. */
export function lift(
  drafts: readonly Draft[],
  names: Names,
  known: ReadonlyMap<string, string> = new Map(),
): Lifted {
  const secrets = new Map(known)
  const people = new Map<string, { variable: string; column: string }>()
  const variables = new Set(known.values())
  const fixed = fixedIds(drafts)
  const ids = ownIds(drafts, names, fixed)
  const made = (text: string, at: number): Code | undefined =>
    fixed.has(text) ? undefined : madeValue(text, at)
  for (const draft of drafts)
    mapDraft(draft, (where) => (value, name) => {
      const text = String(value)
      if (text.trim() === '' || secrets.has(text) || ids.has(text)) return value
      if (where !== 'path' && made(text, draft.exchange.at) !== undefined) return value
      const add = (secret: string, like: string): void => {
        if (secrets.has(secret)) return
        const variable = variableFor(like, variables)
        variables.add(variable)
        secrets.set(secret, variable)
      }
      const basic = where === 'header' ? basicUserIn(text, name) : undefined
      if (basic !== undefined) {
        add(basic[basic.secret], basic.secret)
        if (basic.secret === 'user' && basic.password !== '') add(basic.password, 'password')
      } else if (isKept(where, name, text)) add(text, where === 'path' ? `${name} token` : name)
      else {
        if (where !== 'path')
          for (const word of secretWords(name, text)) add(word, wordName(name, text, word))
        const column = columnAt(where, name, value)
        if (column !== undefined && !people.has(text))
          people.set(text, { variable: names.give(column), column })
      }
      return value
    })
  const search = searchFor(secrets)
  const part = (text: string): Value => {
    const [secret, person] = [secrets.get(text), people.get(text)]
    return secret === undefined ? ((person && code(person.variable)) ?? text) : read(secret)
  }
  const change = (at: number, where: Where) => (value: string | number, name: string) => {
    const text = String(value)
    const basic = where === 'header' ? basicUserIn(text, name) : undefined
    if (basic !== undefined) return basicCode(part(basic.user), part(basic.password))
    const person = people.get(text)
    const column = columnAt(where, name, value)
    const isPerson = person !== undefined && (column === person.column || !isWord(text))
    const secret = secrets.get(text)
    // A word that is a secret at one place may be a name at another, and a user may be called as a part of a path is.
    const isName = isWord(text) && (where === 'path' || typeof value === 'number' || column !== undefined)
    if (secret !== undefined && (isKept(where, name, text) || !isName))
      return typeof value === 'number' ? code(`Number(${read(secret).text})`) : read(secret)
    const variable = isPerson ? person.variable : ids.get(text)
    if (variable !== undefined) return code(variable)
    const own = where === 'path' ? undefined : made(text, at)
    if (own !== undefined) return own
    return typeof value === 'number' || (where === 'path' && secret !== undefined)
      ? value
      : divided(search, value, read)
  }
  return {
    drafts: drafts.map((draft) => mapDraft(draft, (where) => change(draft.exchange.at, where))),
    secrets,
    columns: new Map([...people].map(([text, { variable }]) => [text, variable])),
    ids,
    hide: search.hide,
  }
}

/** The column of what one user sends there; undefined for what is the same for all. */
function columnAt(where: Where, name: string, value: string | number): string | undefined {
  if (typeof value === 'number' || where === 'header') return undefined
  if (where === 'path') return isPersonal(value) ? 'email' : undefined
  return personColumn(name, value)
}

/** What reads the variable of a secret. */
const read = (variable: string): Code => code(`secret('${variable}')`)

/** Whether a value is kept out of the source: what a machine made and no answer has given is of one moment. */
const isKept = (where: Where, name: string, value: string): boolean =>
  isSecret(where === 'path' ? '' : name, value) ||
  (where === 'path' && isHiddenAfter(name, value)) ||
  (!isPublicName(name) && isRandom(value))
