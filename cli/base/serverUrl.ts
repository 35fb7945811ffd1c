import { quote, type Problem } from '../../config/problem/problem.ts'
import { MAYBE_SECRET_NAME } from '../../config/secrets.ts'

/** How a URL of a server may be given, and where its secrets belong instead. */
export interface ServerUrlAdvice {
  allowed: string
  /** What to do with a user and a password, and with a parameter that looks like a secret. */
  user: string
  secret: string
}

/** What is wrong with the URL of a server that something is sent to. What may be a secret in it is not repeated. */
export function serverUrlProblems(
  text: string,
  where: string,
  { allowed, user, secret }: ServerUrlAdvice,
): Problem[] {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol))
    return [{ where, got: quote(text.replace(/\/\/[^/@]*@/, '//…@')), allowed }]
  if (url.username !== '' || url.password !== '')
    return [{ where, got: `a URL of ${url.host} with a user or a password in it`, allowed, fix: user }]
  const name = Array.from(url.searchParams.keys()).find((key) => MAYBE_SECRET_NAME.test(key))
  if (name === undefined) return []
  return [{ where, got: `a URL with ${quote(name)} in it, which looks like a secret`, allowed, fix: secret }]
}
