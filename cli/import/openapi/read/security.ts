import { isRecord } from '../../../../config/problem/keys.ts'
import { variableFor } from '../../variableFor.ts'
import type { Documents } from './documents.ts'
import type { Operation } from './operations.ts'
import { child, children, keyOf, textAt, type Place } from './place.ts'

/** How a request says who sends it. */
export interface Scheme {
  kind: 'bearer' | 'basic' | 'header' | 'query' | 'cookie'
  /** The name of the header, parameter or cookie. */
  name: string
  /** The variables that hold its secrets: a token or key; a user and a password. */
  variables: readonly string[]
  /** What a person has to know of it. */
  note: string | undefined
}

/** What operations are asked with, and what is said of it. */
export interface Security {
  /** The schemes of an operation, by their names in the document; none where it asks for none. */
  of: (operation: Operation) => ReadonlyMap<string, Scheme>
  /** Schemes that cannot be sent, each with the reason. */
  unsent: ReadonlyMap<string, string>
}

/** Reads how a document's operations are asked. */
export function securityOf(documents: Documents): Security {
  const taken = new Set<string>()
  const schemes = new Map<string, Scheme>()
  const unsent = new Map<string, string>()
  const declared = children(child(child(documents.root, 'components'), 'securitySchemes'))
  for (const place of declared) {
    const scheme = schemeOf(keyOf(place), documents.follow(place).value, taken)
    if (typeof scheme === 'string') unsent.set(keyOf(place), scheme)
    else schemes.set(keyOf(place), scheme)
  }
  return {
    unsent,
    of({ security }) {
      const choices = children(security ?? child(documents.root, 'security')).map((one) => namesOf(one))
      for (const [index, names] of choices.entries())
        for (const name of names)
          if (!schemes.has(name) && !unsent.has(name)) {
            const place = child(security ?? child(documents.root, 'security'), String(index))
            documents.problem(place, `the scheme "${name}"`, 'one of components.securitySchemes')
          }
      const chosen = choices.find((names) => names.every((name) => schemes.has(name))) ?? choices[0] ?? []
      const known = chosen.map((name) => [name, schemes.get(name)] as const)
      return new Map(
        known.flatMap(([name, scheme]) => (scheme === undefined ? [] : [[name, scheme] as const])),
      )
    },
  }
}

const namesOf = ({ value }: Place): string[] => (isRecord(value) ? Object.keys(value) : [])

/** A scheme, or why it cannot be sent. */
function schemeOf(key: string, value: unknown, taken: Set<string>): Scheme | string {
  const variable = (like: string): string => {
    const name = variableFor(like.replace(/([a-z\d])([A-Z])/g, '$1 $2'), taken)
    taken.add(name)
    return name
  }
  const bearer = (note?: string): Scheme => ({
    kind: 'bearer',
    name: 'Authorization',
    variables: [variable(key)],
    note,
  })
  const type = textAt(value, 'type')
  if (type === 'oauth2' || type === 'openIdConnect')
    return bearer(
      `a token of ${key} (${type === 'oauth2' ? 'OAuth 2' : 'OpenID Connect'}) has to be got beforehand`,
    )
  if (type === 'http') {
    const scheme = textAt(value, 'scheme')?.toLowerCase() ?? ''
    if (scheme === 'bearer') return bearer()
    if (scheme === 'basic') {
      const variables = [variable(`${key} user`), variable(`${key} password`)]
      return { kind: 'basic', name: 'Authorization', variables, note: undefined }
    }
    return `HTTP ${scheme}`
  }
  const [where, name] = [textAt(value, 'in'), textAt(value, 'name')]
  if (
    type === 'apiKey' &&
    name !== undefined &&
    (where === 'header' || where === 'query' || where === 'cookie')
  )
    return { kind: where, name, variables: [variable(key)], note: undefined }
  return type ?? 'no type'
}
