import { keyText, quoted, templateText } from '../../../project/index.ts'
import { statement } from '../../write/layout.ts'
import { arrow, call, object, raw, type Node } from '../../write/node.ts'
import { freeName } from '../freeName.ts'
import type { Plan, Planned } from '../plan.ts'
import { isStream } from '../read/content.ts'
import type { Scheme } from '../read/security.ts'
import type { Server } from '../read/servers.ts'

/** The clients that a module has: one for each server, and each way to say who asks. */
export interface Clients {
  /** The constant of an operation's client. */
  of: (operation: Planned) => string
  text: string
  /** Whether user and password are sent as `Basic`. */
  encodes: boolean
}

/** The clients of the operations. */
export function clientsOf({ operations, servers }: Plan, taken: Set<string>): Clients {
  const lines: string[] = []
  const constants = new Map<string, string>()
  const once = (key: string, words: string, node: () => Node): string => {
    const before = constants.get(key)
    if (before !== undefined) return before
    const own = words === 'api' ? 'api' : freeName(words, taken, 'Client')
    constants.set(key, own)
    lines.push(statement(0, `const ${own} = `, node()))
    return own
  }
  const main = servers[0]?.origin
  const plain = ({ origin, path }: Server): string => {
    const elsewhere = origin !== undefined && origin !== main
    const words = elsewhere
      ? `${new URL(origin).hostname} api`
      : path === (servers[0]?.path ?? '')
        ? 'api'
        : `${path} api`
    return once(`${elsewhere ? origin : ''} ${path}`, words, () =>
      call(
        'client',
        raw(baseText(elsewhere ? origin : undefined, path)),
        ...preflightOf(operations.filter((one) => one.server.origin === origin && one.server.path === path)),
      ),
    )
  }
  const of = (operation: Planned): string => {
    const base = plain(operation.server)
    const sent = [...operation.schemes].filter(([, { kind }]) => kind !== 'query' && kind !== 'cookie')
    if (sent.length === 0) return base
    const headers = object(sent.map(([, scheme]) => [keyText(scheme.name), raw(headerText(scheme))]))
    const names = sent.map(([name]) => name)
    const words = base === 'api' ? names.join(' and ') : `${names.join(' and ')} ${base}`
    return once(`${base} ${names.join(' ')}`, words, () =>
      call(`${base}.with`, object([['headers', arrow(headers)]])),
    )
  }
  const chosen = new Map(operations.map((operation) => [operation.id, of(operation)]))
  return {
    of: ({ id }) => chosen.get(id) ?? 'api',
    text: lines.join('\n'),
    encodes: operations.some(({ schemes }) => [...schemes.values()].some(({ kind }) => kind === 'basic')),
  }
}

function baseText(origin: string | undefined, path: string): string {
  if (origin !== undefined) return quoted(origin + path)
  return path === '' ? 'settings().BASE_URL' : templateText([{ code: 'settings().BASE_URL' }, path])
}

function headerText({ kind, variables }: Scheme): string {
  const [first = '', second = ''] = variables.map((variable) => `secret(${quoted(variable)})`)
  if (kind === 'header') return first
  return kind === 'bearer'
    ? `\`Bearer \${${first}}\``
    : `\`Basic \${encoding.b64encode(\`\${${first}}:\${${second}}\`)}\``
}

/** The path that setup asks: of the first operation that anybody may try, if it is not the root, which is asked anyhow. */
function preflightOf(operations: readonly Planned[]): Node[] {
  const first = operations.find(
    ({ method, deprecated, parameters, schemes, success }) =>
      method === 'GET' &&
      !deprecated &&
      schemes.size === 0 &&
      parameters.every(({ required }) => !required) &&
      !isStream(success),
  )
  return first === undefined || first.path === '/' ? [] : [object([['preflight', raw(quoted(first.path))]])]
}
