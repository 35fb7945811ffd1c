import { quoted, WIDTH } from '../../../project/index.ts'
import { headerOf } from '../../traffic/exchange.ts'
import type { Known } from '../../traffic/socket.ts'
import { statement } from '../layout.ts'
import { call, list, object, raw, type Node } from '../node.ts'
import { pathNode } from './path.ts'
import type { Beside } from './payload.ts'
import type { RequestSource } from './requestSource.ts'
import { valueNode } from './value.ts'

/** A socket as a statement of its step: opened, spoken on, and closed. */
export function socketLines(depth: number, { draft, name }: RequestSource, beside: Beside): string[] {
  const { payload, exchange, origin } = draft
  if (payload?.type !== 'socket') return []
  beside.sockets = true
  const isOwn = origin === beside.base
  const path = pathNode(draft, beside.used, isOwn ? '' : origin.replace(/^http/, 'ws'))
  const protocols = headerOf(exchange.headers, 'sec-websocket-protocol')?.split(/\s*,\s*/) ?? []
  const options: [string, Node][] = [['name', raw(quoted(name))]]
  if (protocols.length > 0) options.push(['protocols', list(protocols.map((one) => raw(quoted(one))))])
  if (headerOf(exchange.headers, 'origin') === beside.base) {
    beside.used.add('settings')
    options.push(['headers', object([['Origin', raw('settings().BASE_URL')]])])
  }
  const inside = (own: number): string[] =>
    payload.moves.map((move) =>
      'send' in move
        ? statement(own, '', call('ws.send', valueNode(move.send)))
        : statement(own, 'await ', call('ws.next', ...knownNode(move.next))),
    )
  const pad = '  '.repeat(depth)
  const head = statement(depth, 'await ', call('socket', path, object(options))).replace(
    /\)$/,
    ', async (ws) => {',
  )
  if (!head.includes('\n') && head.length <= WIDTH) return [head, ...inside(depth + 1), `${pad}})`]
  return [
    `${pad}await socket(`,
    `${statement(depth + 1, '', path)},`,
    `${statement(depth + 1, '', object(options))},`,
    `${pad}  async (ws) => {`,
    ...inside(depth + 2),
    `${pad}  },`,
    `${pad})`,
  ]
}

/** What tells the message that is waited for. */
function knownNode(known: Known | undefined): Node[] {
  if (known === undefined) return []
  if ('start' in known) return [raw(`({ data }) => String(data).startsWith(${quoted(known.start)})`)]
  const { field, value } = known
  return [raw(`(message) => message.json<{ ${field}: string }>()?.${field} === ${quoted(value)}`)]
}
