import { isPattern } from './literals.ts'
import { mapDeed } from './mapDeed.ts'
import type { Action, Call, Deed, Literal, Note, RecordedJourney } from './recording.ts'
import { isSecret } from './secrets/isSecret.ts'
import { isSecretField } from './secrets/secretField.ts'
import { searchFor, type Search } from './search.ts'
import { variableFor } from './variableFor.ts'
import { named } from './words.ts'

const TYPING = new Set(['fill', 'type', 'pressSequentially'])
/** A parameter of an address, with what comes before its value. */
const PARAMETER = /([?&#;]([\w.~-]+)=)([^&#;\s]+)/g

/** The same in a pattern, where its value is a text. */
const IN_PATTERN = /\b([\w.~-]+)=([\w~-]+)(?![\\[(.+*?{|])/g

/** Journeys without secrets, and the variables that hold them. */
export interface Lifted {
  journeys: RecordedJourney[]
  variables: string[]
}

/** Takes each secret out of a recording: a variable is in its place, wherever it is. */
export function liftSecrets(journeys: readonly RecordedJourney[], notes: Note[]): Lifted {
  const actions = journeys.flatMap((journey) => journey.actions)
  const variables = secretsOf(actions)
  const search = searchFor(variables)
  const given = new Set(actions.flatMap(({ deed }) => secretsIn(JSON.stringify(deed))))
  const lifted = journeys.map((journey) => ({
    ...journey,
    ...(journey.title === undefined ? undefined : { title: search.hide(journey.title) }),
    actions: journey.actions.map((action) => liftAction(action, variables, search, notes)),
  }))
  return { journeys: lifted, variables: [...new Set([...variables.values(), ...given])].toSorted() }
}

/** Each secret with a variable of its own. */
function secretsOf(actions: readonly Action[]): Map<string, string> {
  const variables = new Map<string, string>()
  const taken = new Set<string>()
  const name = (value: string, like: string): void => {
    if (variables.has(value)) return
    const variable = variableFor(like, taken)
    taken.add(variable)
    variables.set(value, variable)
  }
  for (const { deed, hints = '' } of actions) {
    const value = typedIn(deed)
    if (value !== undefined && 'target' in deed && isSecretField(deed.target, hints, value))
      name(value, likeOf(deed.target))
    mapDeed(deed, (text) => {
      for (const [, , key = '', own = ''] of text.matchAll(PARAMETER)) if (isSecret(key, own)) name(own, key)
      return text
    })
    JSON.stringify(deed, (_, given: Literal) => {
      if (isPattern(given))
        for (const [, key = '', own = ''] of given.source.matchAll(IN_PATTERN))
          if (isSecret(key, own)) name(own, key)
      return given
    })
  }
  return variables
}

/** The text that was typed, or is expected to have been. */
function typedIn(deed: Deed): string | undefined {
  const types =
    deed.type === 'act' ? TYPING.has(deed.method) : deed.type === 'expect' && deed.matcher === 'hasValue'
  const value = types && 'given' in deed ? deed.given[0] : undefined
  return typeof value === 'string' ? value : undefined
}

const secretsIn = (json: string): string[] =>
  Array.from(json.matchAll(/"secret":"(\w+)"/g), ([, name = '']) => name)

const likeOf = (target: readonly Call[]): string => named(target).name || 'secret'

function liftAction(
  action: Action,
  variables: ReadonlyMap<string, string>,
  search: Search,
  notes: Note[],
): Action {
  const { deed, hints = '' } = action
  const value = typedIn(deed)
  const own = value === undefined ? undefined : variables.get(value)
  const typed = 'target' in deed && own !== undefined && isSecretField(deed.target, hints, value ?? '')
  const change = (text: string): Literal => {
    if (typed && text === value) return { type: 'mixed', parts: [{ secret: own }] }
    const open = text.replace(/^(https?:\/\/)[^/?#@\s]*@/i, '$1')
    if (open !== text) notes.push({ place: action.place, text: 'the user and the password in the address' })
    return search.divide(open)
  }
  const shown = action.step === undefined ? action : { ...action, step: search.hide(action.step) }
  if (hasSecretPattern(deed, search))
    return { ...shown, deed: { type: 'left', why: 'a pattern in it has a secret' } }
  return { ...shown, deed: mapDeed(deed, change) }
}

function hasSecretPattern(deed: Deed, search: Search): boolean {
  let found = false
  JSON.stringify(deed, (_, value: Literal) => {
    if (isPattern(value)) found ||= search.hide(value.source) !== value.source
    return value
  })
  return found
}
