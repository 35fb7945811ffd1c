import { namedPlaces } from './namedPlaces.ts'
import { series, total } from './query.ts'
import { trendOf, type TrendFigures } from './signalFigures.ts'
import { SOCKETS } from './signals.ts'
import type { Store } from './store.ts'
import type { Where } from './where.ts'

/** The sockets of one name in a journey, in the judged phases; times in ms. */
export interface SocketFigures {
  journey?: string
  /** Its name; of a plain script its address. */
  socket: string
  sessions: number
  /** Statuses of HTTP by which servers refused handshakes, of which k6 tells a script nothing; absent where none was. */
  refused?: { status: string; count: number }[]
  /** From the start of the handshake to its end. */
  connecting: TrendFigures
  /** From the handshake to the end of the connection. */
  session: TrendFigures
  sent: number
  received: number
}

/** The sockets of each journey by name, in the order in which they were first seen. */
export const socketsOf = (store: Store, judged: readonly string[]): SocketFigures[] =>
  namedPlaces(store, [SOCKETS.all.metric, CONNECTING], judged).map(({ journey, name, where }) => ({
    ...(journey === '' ? {} : { journey }),
    socket: name,
    sessions: total(store, SOCKETS.all.metric, where),
    ...refusedOf(store, where),
    connecting: trendOf(store, CONNECTING, where).figures,
    session: trendOf(store, SOCKETS.trend, where).figures,
    sent: total(store, MESSAGES.sent, where),
    received: total(store, MESSAGES.received, where),
  }))

function refusedOf(store: Store, where: Where): Pick<SocketFigures, 'refused'> {
  const all = series(store, SOCKETS.all.metric, where).map(({ labels: { status = '' } }) => status)
  const statuses = [...new Set(all)].filter((status) => status !== '' && status !== OPENED)
  const refused = statuses.map((status) => ({
    status,
    count: total(store, SOCKETS.all.metric, { ...where, status }),
  }))
  return refused.length === 0 ? {} : { refused }
}

/** The status of a handshake that went well. */
const OPENED = '101'

/** k6's metric of what a handshake took. */
export const CONNECTING = 'ws_connecting'
/** k6's metrics of messages. */
export const MESSAGES = { sent: 'ws_msgs_sent', received: 'ws_msgs_received' } as const
