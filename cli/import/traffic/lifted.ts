import { isPersonal } from '../secrets/isHidden.ts'
import { isSecret } from '../secrets/isSecret.ts'
import { isRandom } from '../secrets/madeByMachine.ts'
import { isPublicName } from '../secrets/secretName.ts'
import { searchFor } from '../search.ts'
import { variableFor } from '../variableFor.ts'
import { mapDraft, type Draft, type Where } from './draft.ts'
import { madeValue } from './madeValue.ts'
import type { Names } from './names.ts'
import { ownIds } from './ownIds.ts'
import { personColumn } from './person.ts'
import { code, mixed, type Value } from './value.ts'

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
  const columns = new Map<string, string>()
  const variables = new Set(known.values())
  const ids = ownIds(drafts, names)
  for (const draft of drafts)
    mapDraft(draft, (where) => (value, name) => {
      const text = String(value)
      if (text.trim() === '' || secrets.has(text) || columns.has(text) || ids.has(text)) return value
      if (where !== 'path' && madeValue(text, draft.exchange.at) !== undefined) return value
      if (isKept(where, name, text)) {
        const variable = variableFor(where === 'path' ? `${name} token` : name, variables)
        variables.add(variable)
        secrets.set(text, variable)
      } else if (where === 'path' && isPersonal(text)) {
        columns.set(text, names.give('email'))
      } else if (where !== 'path' && where !== 'header' && typeof value === 'string') {
        const column = personColumn(name, text)
        if (column !== undefined) columns.set(text, names.give(column))
      }
      return value
    })
  const search = searchFor(secrets)
  const change = (at: number, where: Where) => (value: string | number) => {
    const text = String(value)
    const secret = secrets.get(text)
    if (secret !== undefined) return code(`secret('${secret}')`)
    const variable = columns.get(text) ?? ids.get(text)
    if (variable !== undefined) return code(variable)
    const made = where === 'path' ? undefined : madeValue(text, at)
    return made ?? (typeof value === 'number' ? value : divided(search.divide(value)))
  }
  return {
    drafts: drafts.map((draft) => mapDraft(draft, (where) => change(draft.exchange.at, where))),
    secrets,
    columns,
    ids,
    hide: search.hide,
  }
}

function divided(found: ReturnType<ReturnType<typeof searchFor>['divide']>): Value {
  if (typeof found === 'object' && found !== null && 'parts' in found)
    return mixed(
      found.parts.map((part) => (typeof part === 'string' ? part : code(`secret('${part.secret}')`))),
    )
  return found as string
}

/** Whether a value is kept out of the source: what a machine made and no answer has given is of one moment. */
const isKept = (where: Where, name: string, value: string): boolean =>
  isSecret(where === 'path' ? '' : name, value) || (!isPublicName(name) && isRandom(value))
