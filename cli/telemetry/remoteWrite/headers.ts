import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { Problem } from '../../../config/problem/problem.ts'
import { envValue } from '../../base/index.ts'
import { secretWords } from '../../base/http/index.ts'
import { PREFIX } from '../../k6/index.ts'

/**
 * The headers that k6's variables give: USERNAME and PASSWORD, BEARER_TOKEN, HEADERS_<name>, HTTP_HEADERS
 * (`name:value,name:value`); a token wins over a user. Adds what is wrong to `problems`, without a value.
 */
export function headersOf(
  env: NodeJS.ProcessEnv,
  problems: Problem[],
): { headers: Record<string, string>; secrets: string[] } {
  const headers: Record<string, string> = {}
  const secrets: string[] = []
  const add = (variable: string, name: string, value: string): void => {
    if (!isHeader(name, value)) {
      const allowed = 'a header: a name of letters, digits and dashes, a value on one line'
      problems.push({ where: variable, got: 'what no request can carry', allowed })
      return
    }
    headers[name.toLowerCase()] = value
    if (name.toLowerCase() !== TENANT) secrets.push(value)
  }
  const get = (name: string): string => envValue(env, PREFIX + name) ?? ''
  if (get('USERNAME') !== '') {
    const pair = `${get('USERNAME')}:${env[`${PREFIX}PASSWORD`] ?? ''}`
    secrets.push(env[`${PREFIX}PASSWORD`] ?? '')
    add(`${PREFIX}USERNAME`, 'authorization', `Basic ${Buffer.from(pair).toString('base64')}`)
  }
  for (const [variable, value = ''] of Object.entries(env)) {
    const name = new RegExp(`^${PREFIX}HEADERS_(.+)$`).exec(variable)?.[1]
    if (name !== undefined) add(variable, name, value)
  }
  for (const pair of get('HTTP_HEADERS').split(',').filter(Boolean)) {
    const [name = '', value, more] = pair.split(':')
    if (value === undefined || more !== undefined)
      problems.push({
        where: `${PREFIX}HTTP_HEADERS`,
        got: 'an entry of another form',
        allowed: 'name:value,name:value',
        fix: `A value with a colon or a comma goes into ${PREFIX}HEADERS_<name>.`,
      })
    else add(`${PREFIX}HTTP_HEADERS`, name.trim(), value.trim())
  }
  if (get('BEARER_TOKEN') !== '')
    add(`${PREFIX}BEARER_TOKEN`, 'authorization', `Bearer ${get('BEARER_TOKEN')}`)
  return { headers, secrets: secretWords(secrets) }
}

/** Mimir's tenant: a name, no secret. */
const TENANT = 'x-scope-orgid'

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
    return true
  } catch {
    return false
  }
}
