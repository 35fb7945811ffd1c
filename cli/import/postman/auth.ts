import { isRecord, textAt, type Raw } from '../studio/raw.ts'
import { code, isKind, mixed, type Value } from '../traffic/value.ts'
import { textNode } from '../write/requests/value.ts'

/** How a request says who sends it. */
export interface PostmanAuth {
  header?: readonly [name: string, value: Value]
  query?: readonly [name: string, value: Value]
  /** What cannot be sent, and what to do. */
  problem?: string
}

/** A text as a value; one that is a secret is never written. */
export interface Fill {
  /** Undefined where a variable has no value yet. */
  value: (text: string) => Value | undefined
  secret: (text: string, like: string) => Value | undefined
}

/** What an auth of a collection sends; nothing where its variables have no value yet. */
export function authFields(auth: Raw | undefined, fill: Fill): PostmanAuth {
  if (auth === undefined) return {}
  const type = textAt(auth, 'type') ?? ''
  const field = (name: string): string => parameterOf(auth[type], name)
  switch (type) {
    case 'bearer': {
      const token = fill.secret(field('token'), 'token')
      return token === undefined ? {} : { header: ['Authorization', mixed(['Bearer ', token])] }
    }
    case 'basic': {
      const user = fill.value(field('username'))
      const password = fill.secret(field('password'), 'password')
      if (user === undefined || password === undefined) return {}
      const pair = textNode(mixed([user, ':', password])).text
      return {
        header: ['Authorization', mixed(['Basic ', code(`encoding.b64encode(${pair})`)])],
      }
    }
    case 'apikey': {
      const name = field('key') === '' ? 'X-Api-Key' : field('key')
      const value = fill.secret(field('value'), name)
      if (value === undefined) return {}
      return field('in') === 'query' ? { query: [name, value] } : { header: [name, textOf(value)] }
    }
    case 'oauth2': {
      const token = fill.secret(field('accessToken'), 'access token')
      return {
        problem: 'OAuth 2: the token is not asked for; give one, or request it in a step of the journey',
        ...(token === undefined ? undefined : { header: ['Authorization', mixed(['Bearer ', token])] }),
      }
    }
    default:
      return { problem: `the auth ${type === '' ? 'without a type' : type} is not sent: write its headers` }
  }
}

const textOf = (value: Value): Value => (isKind(value, 'code') ? value : mixed([value]))

/** A parameter: a list of them in version 2.1, an object in 2.0. */
function parameterOf(raw: unknown, name: string): string {
  const value = Array.isArray(raw)
    ? raw.filter(isRecord).find(({ key }) => key === name)?.value
    : isRecord(raw)
      ? raw[name]
      : undefined
  return typeof value === 'string' ? value : ''
}
