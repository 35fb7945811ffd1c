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
  /** What setup asks before load starts, where it is not the root. */
  preflight: Node | undefined
}

/** Clients of a plan, by the origin that each is of; headers that each of its requests has are the client's. */
export function clientsOf({ drafts, base, names, bound, lifted }: Plan): Map<string, ClientSource> {
  const clients = new Map<string, ClientSource>()
  const variables = [...bound.map(({ variable }) => variable), ...lifted.columns.values()]
  const usesVariable = (value: Value): boolean =>
    !isPlain(value) && variables.some((name) => new RegExp(`\\b${name}\\b`).test(JSON.stringify(value)))
  for (const origin of new Set(drafts.map((draft) => draft.origin))) {
    const own = drafts.filter((draft) => draft.origin === origin)
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
      preflight: preflightOf(own),
    })
  }
  return clients
}

/** The path of the first request that anybody may send; undefined for the root, which is asked anyhow. */
function preflightOf(drafts: readonly Draft[]): Node | undefined {
  const first = drafts.find(({ exchange, path, query }) => {
    const { method, headers, answer } = exchange
    const isOpen = ['cookie', 'authorization'].every((name) => headerOf(headers, name) === undefined)
    const isKnown = [...path, ...query.map(([, value]) => value)].every(isPlain)
    return method === 'GET' && isOpen && isKnown && (answer?.status ?? 200) < 400
  })
  return first === undefined || first.path.every((part) => part === '')
    ? undefined
    : pathNode(first, new Set())
}

/** A client as a constant. */
export function clientText({ variable, base, headers, preflight }: ClientSource): string {
  const fields = [...headers].map(([name, value]): [string, Node] => [keyText(name), valueNode(value)])
  // A secret is not there when the script is read, but when a request is sent.
  const plain = [...headers.values()].every(isPlain)
  const given: [string, Node] = plain ? ['headers', object(fields)] : ['headers', arrow(object(fields))]
  const options: [string, Node][] = fields.length === 0 ? [] : [given]
  if (preflight !== undefined) options.push(['preflight', preflight])
  return statement(
    0,
    `const ${variable} = `,
    call('client', raw(base), ...(options.length === 0 ? [] : [object(options)])),
  )
}
