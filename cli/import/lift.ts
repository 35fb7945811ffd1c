import { MAYBE_SECRET_NAME } from '../../config/secrets.ts'
import { mapDeed } from './mapDeed.ts'
import type { Action, Call, Deed, Literal, Note, RecordedJourney } from './recording.ts'
import { isSecretField } from './secretField.ts'
import { variableFor } from './variableFor.ts'
import { named } from './words.ts'

/** Shorter ones are part of many texts that have nothing to do with them. */
const SHORTEST_TO_FIND = 4
const TYPING = new Set(['fill', 'type', 'pressSequentially'])
/** A parameter of an address, with what comes before its value. */
const PARAMETER = /([?&#;]([\w.~-]+)=)([^&#;\s]+)/g

/** Journeys without secrets, and the variables that hold them. */
export interface Lifted {
  journeys: RecordedJourney[]
  variables: string[]
  /** Replaces secrets in a text that is shown. */
  hide: (text: string) => string
}

/** Takes each secret out of a recording: a variable is in its place, wherever it is. */
export function liftSecrets(journeys: readonly RecordedJourney[], notes: Note[]): Lifted {
  const variables = new Map<string, string>()
  const name = (value: string, like: string): void => {
    if (!variables.has(value)) variables.set(value, variableFor(like, [...variables.values()]))
  }
  const actions = journeys.flatMap((journey) => journey.actions)
  for (const { deed, hints = '' } of actions) {
    const value = typedIn(deed)
    if (value !== undefined && 'target' in deed && isSecretField(deed.target, hints, value))
      name(value, likeOf(deed.target))
    for (const text of textsOf(deed))
      for (const [, , key = '', own = ''] of text.matchAll(PARAMETER))
        if (MAYBE_SECRET_NAME.test(key)) name(own, key)
  }
  const given = new Set(actions.flatMap(({ deed }) => secretsIn(JSON.stringify(deed))))
  const lifted = journeys.map((journey) => ({
    ...journey,
    actions: journey.actions.map((action) => liftAction(action, variables, notes)),
  }))
  const hide = (text: string): string => {
    const hidden = searched(variables).reduce((said, [value]) => said.replaceAll(value, '…'), text)
    return hidden.replace(/:\/\/[^/?#\s@]*@/g, '://')
  }
  return { journeys: lifted, variables: [...new Set([...variables.values(), ...given])].toSorted(), hide }
}

/** The text that was typed, or is expected to have been. */
function typedIn(deed: Deed): string | undefined {
  const types =
    deed.type === 'act' ? TYPING.has(deed.method) : deed.type === 'expect' && deed.matcher === 'hasValue'
  const value = types && 'given' in deed ? deed.given[0] : undefined
  return typeof value === 'string' ? value : undefined
}

function textsOf(deed: Deed): string[] {
  const texts: string[] = []
  const gather = (text: string): string => {
    texts.push(text)
    return text
  }
  mapDeed(deed, gather)
  return texts
}

const secretsIn = (json: string): string[] =>
  Array.from(json.matchAll(/"secret":"(\w+)"/g), ([, name = '']) => name)

const likeOf = (target: readonly Call[]): string => named(target).name || 'secret'

/** Secrets that are looked for in any text, the longest first: one may begin as another. */
const searched = (variables: ReadonlyMap<string, string>): [string, string][] =>
  [...variables]
    .flatMap(([value, variable]): [string, string][] => [
      [value, variable],
      [encodeURIComponent(value), variable],
    ])
    .filter(([value]) => value.length >= SHORTEST_TO_FIND)
    .toSorted(([a], [b]) => b.length - a.length)

function liftAction(action: Action, variables: ReadonlyMap<string, string>, notes: Note[]): Action {
  const known = searched(variables)
  const { deed, hints = '' } = action
  const value = typedIn(deed)
  const own = value === undefined ? undefined : variables.get(value)
  const change = (text: string): Literal => {
    if (own !== undefined && text === value && 'target' in deed && isSecretField(deed.target, hints, text))
      return { type: 'mixed', parts: [{ secret: own }] }
    const open = withoutUser(text)
    if (open !== text) notes.push({ place: action.place, text: 'the user and the password in the address' })
    return divided(open, known)
  }
  const lifted = { ...action, deed: mapDeed(deed, change) }
  const patterns = JSON.stringify(lifted.deed)
  return known.some(([secret]) => patterns.includes(JSON.stringify(secret).slice(1, -1)))
    ? { ...action, deed: { type: 'left', why: 'a pattern in it has a secret' } }
    : lifted
}

const withoutUser = (text: string): string => text.replace(/^(https?:\/\/)[^/?#@\s]*@/i, '$1')

/** A text with variables in the place of its secrets. */
function divided(text: string, known: readonly [string, string][]): Literal {
  for (const [secret, variable] of known) {
    const at = text.indexOf(secret)
    if (at === -1) continue
    const sides = [text.slice(0, at), text.slice(at + secret.length)].map((side) => divided(side, known))
    const parts = sides.map((side) =>
      typeof side === 'string' ? (side === '' ? [] : [side]) : partsOf(side),
    )
    return { type: 'mixed', parts: [...(parts[0] ?? []), { secret: variable }, ...(parts[1] ?? [])] }
  }
  return text
}

const partsOf = (value: Literal) =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'mixed' ? value.parts : []
