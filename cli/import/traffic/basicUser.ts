import { percentDecoded } from '../percent.ts'
import { isSecret } from '../secrets/isSecret.ts'
import { isRandom } from '../secrets/madeByMachine.ts'
import { textNode } from '../write/requests/value.ts'
import { headerOf, type Exchange, type Pair } from './exchange.ts'
import { code, mixed, type Code, type Value } from './value.ts'

/** Who asks, as the header `Authorization: Basic …` says it. */
export interface BasicUser {
  user: string
  password: string
  /** Which of the two is the secret: a key is often the user, and has no password. */
  secret: 'user' | 'password'
}

/** The header that says whom an address names, where none does so already. */
export function userHeader({ url, headers }: Exchange): Pair[] {
  const { username, password } = new URL(url)
  if ((username === '' && password === '') || headerOf(headers, 'authorization') !== undefined) return []
  const pair = `${percentDecoded(username)}:${percentDecoded(password)}`
  return [['Authorization', `Basic ${Buffer.from(pair).toString('base64')}`]]
}

/** What the header's value says in base64, which stands at the name of the header; undefined where it says no user. */
export function basicUserIn(value: string, name: string): BasicUser | undefined {
  if (!/^(?:proxy-)?authorization$/i.test(name) || !/^[\w+/]+={0,2}$/.test(value)) return undefined
  const text = Buffer.from(value, 'base64').toString('utf8')
  const [, user = '', password = ''] = /^([^:\p{Cc}\uFFFD]*):([^\p{Cc}\uFFFD]*)$/u.exec(text) ?? []
  if (user === '' && password === '') return undefined
  const isKey = password === '' || isSecret('', user) || isRandom(user)
  return { user, password, secret: isKey ? 'user' : 'password' }
}

/** The header's value in the source, with what `change` makes of its parts. */
export const basicCode = (user: Value, password: Value): Code =>
  code(`encoding.b64encode(${textNode(mixed([user, ':', password])).text})`)
