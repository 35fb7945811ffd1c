import { quoted } from '../../project/index.ts'
import { call, raw, type Node } from './node.ts'

/** The functions of a client, by the methods that they send. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  GET: 'get',
  HEAD: 'head',
  OPTIONS: 'options',
  POST: 'post',
  PUT: 'put',
  PATCH: 'patch',
  DELETE: 'del',
}

/** The call of a client that sends a request: `api.get(…)`, or `api.request('PURGE', …)`. */
export function clientCall(client: string, method: string, ...given: Node[]): Node {
  const own = FUNCTIONS[method]
  return own === undefined
    ? call(`${client}.request`, raw(quoted(method)), ...given)
    : call(`${client}.${own}`, ...given)
}
