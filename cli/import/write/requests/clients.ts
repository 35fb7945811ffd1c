import { keyText, quoted } from '../../../project/index.ts'
import type { Plan } from '../../traffic/plan.ts'
import type { Draft } from '../../traffic/draft.ts'
import { headerOf } from '../../traffic/exchange.ts'
import { isPlain, type Value } from '../../traffic/value.ts'
import { statement } from '../layout.ts'
import { arrow, call, object, raw, type Node } from '../node.ts'
import { pathNode } from './path.ts'
import { valueNode } from './value.ts'

/** A client of an origin: its constant, and its address as source. */
export interface ClientSource {
  variable: string
  base: string
  /** Headers of each of its requests. */
  headers: ReadonlyMap<string, Value>
  /** Its own origin as a header, where what changes something was sent with it: against forged requests it may be demanded. */
  origin: Node | undefined
  /** What setup asks before load starts, where it is not the root. */
  preflight: Node | undefined
  /** What sends operations of GraphQL, by the path that it sends them to. */
  operations: Map<string, string>
}

/** Clients of a plan, by the origin that each is of; headers that each of its requests has are the client's. */
export function clientsOf({ drafts, base, names, bound, lifted }: Plan): Map<string, ClientSource> {
  const clients = new Map<string, ClientSource>()
  const variables = [
    ...bound.map(({ variable }) => variable),
    ...lifted.columns.values(),
    ...lifted.ids.values(),
  ]
  const usesVariable = (value: Value): boolean =>
    !isPlain(value) && variables.some((name) => new RegExp(`\\b${name}\\b`).test(JSON.stringify(value)))
  const requests = drafts.filter(({ payload }) => payload?.type !== 'socket')
  for (const origin of new Set(requests.map((draft) => draft.origin))) {
    const own = requests.filter((draft) => draft.origin === origin)
    const [first, ...others] = own
    const shared = (first?.headers ?? []).filter(
      ([name, value]) =>
        others.length > 0 &&
        !usesVariable(value) &&
        others.every(({ headers }) =>
          headers.some(([other, text]) => other === name && JSON.stringify(text) === JSON.stringify(value)),
        ),
    )
    clients.set(origin, {
      variable: origin === base ? 'api' : names.give(`${new URL(origin).hostname.replaceAll('.', ' ')} api`),
      base: origin === base ? 'settings().BASE_URL' : quoted(origin),
      headers: new Map(shared),
      origin: needsOrigin(own) ? raw(origin === base ? 'settings().BASE_URL' : quoted(origin)) : undefined,
      preflight: preflightOf(own),
      operations: new Map(),
    })
  }
  return clients
}

/** Whether a browser said where it comes from with what changes something by its cookies alone. */
const needsOrigin = (drafts: readonly Draft[]): boolean =>
  drafts.some(
    ({ exchange: { method, headers }, origin }) =>
      !/^(?:GET|HEAD|OPTIONS)$/.test(method) &&
      headerOf(headers, 'origin') === origin &&
      headerOf(headers, 'authorization') === undefined,
  )

/** The path of the first request that anybody may send; undefined for the root, which is asked anyhow. */
function preflightOf(drafts: readonly Draft[]): Node | undefined {
  const first = drafts.find(({ exchange, path, query, headers: sent }) => {
    const { method, headers, answer } = exchange
    const isOpen =
      ['cookie', 'authorization'].every((name) => headerOf(headers, name) === undefined) &&
      !sent.some(([name]) => name === 'Authorization')
    const isKnown = [...path, ...query.map(([, value]) => value)].every(isPlain)
    return method === 'GET' && isOpen && isKnown && (answer?.status ?? 200) < 400
  })
  return first === undefined || first.path.every((part) => part === '')
    ? undefined
    : pathNode(first, new Set())
}

/** A client as a constant. */
export function clientText(source: ClientSource): string {
  const { variable, base, headers, origin, preflight, operations } = source
  const own = [...headers].map(([name, value]): [string, Node] => [keyText(name), valueNode(value)])
  const fields = origin === undefined ? own : [['Origin', origin] as [string, Node], ...own]
  // A secret is not there when the script is read, but when a request is sent.
  const plain = [...headers.values()].every(isPlain)
  const given: [string, Node] = plain ? ['headers', object(fields)] : ['headers', arrow(object(fields))]
  const options: [string, Node][] = fields.length === 0 ? [] : [given]
  if (preflight !== undefined) options.push(['preflight', preflight])
  const made = call('client', raw(base), ...(options.length === 0 ? [] : [object(options)]))
  return [statement(0, `const ${variable} = `, made), ...operationsLines(0, variable, operations)].join('\n')
}

/** What sends operations of GraphQL by a client, as constants. */
export const operationsLines = (
  depth: number,
  client: string,
  operations: ReadonlyMap<string, string>,
): string[] =>
  [...operations].map(([path, own]) => {
    const where = path === '/graphql' ? [] : [raw(quoted(path))]
    return statement(depth, `const ${own} = `, call('graphql', raw(client), ...where))
  })
