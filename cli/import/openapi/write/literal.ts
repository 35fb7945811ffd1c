import { isRecord } from '../../../../config/problem/keys.ts'
import { keyText, quoted } from '../../../project/index.ts'
import { isCardNumber } from '../../secrets/cardNumber.ts'
import { isSecret } from '../../secrets/isSecret.ts'
import { isSecretName } from '../../secrets/secretName.ts'
import { variableFor } from '../../variableFor.ts'
import { call, list, object, raw, type Node } from '../../write/node.ts'

/** Writes values of a document; those that are secrets, by their names or forms, as variables. */
export interface Literals {
  node: (value: unknown, name: string) => Node
  /** Variables that hold secrets of what was written. */
  secrets: () => string[]
}

/** Writes values of a document; `known` are variables for secrets that there are already. */
export function literals(known: Iterable<string>): Literals {
  const taken = new Set(known)
  const variables = new Map<string, string>()

  const secret = (value: string, like: string): Node => {
    const before = variables.get(value)
    const variable = before ?? variableFor(like, taken)
    taken.add(variable)
    variables.set(value, variable)
    return raw(`secret(${quoted(variable)})`)
  }

  const node: Literals['node'] = (value, name) => {
    if (typeof value === 'string') return isSecret(name, value) ? secret(value, name) : raw(quoted(value))
    if (typeof value === 'number' && isSecretNumber(value, name))
      return call('Number', secret(String(value), name))
    if (Array.isArray(value)) return list(value.map((item) => node(item, name)))
    if (!isRecord(value)) return raw(JSON.stringify(value))
    return object(Object.entries(value).map(([key, item]) => [keyText(key), node(item, key)]))
  }
  return { node, secrets: () => [...variables.values()].toSorted() }
}

/** A value with another text where it has a secret: what the compiler sees. */
export function withoutSecrets(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return isSecret(name, value) ? '\0' : value
  if (typeof value === 'number') return isSecretNumber(value, name) ? NaN : value
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, name))
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item, key)]))
}

/** A number of tokens is no secret. */
const isSecretNumber = (value: number, name: string): boolean =>
  isCardNumber(String(value)) || isSecretName(name.replace(/token/gi, ''))
