import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2Server } from 'node:http2'
import type { Duplex } from 'node:stream'
import { keepCarts } from './carts.ts'
import { CONTROL_PATH, control, type FaultSwitch } from './control.ts'
import { behave } from './faults/behaviour.ts'
import type { Fault } from './faults/fault.ts'
import { parseFaults } from './faults/parse.ts'
import { makeGrpc } from './grpc/server.ts'
import type { Settled } from './options.ts'
import { stream } from './random.ts'
import { respond } from './respond.ts'
import type { RouteName } from './routes.ts'
import { acceptSockets } from './socket/accept.ts'
import type { Stock } from './stock.ts'
import { parseTarget } from './target.ts'
import type { Tracer } from './tracer.ts'

/** The shop, as who accepts its connections needs it. */
export interface App {
  /** Answers a request of HTTP. */
  readonly request: (request: IncomingMessage, response: ServerResponse) => void
  /** Answers the handshake of a WebSocket. */
  readonly upgrade: (request: IncomingMessage, stream: Duplex, head: Buffer) => void
  /** Takes connections of HTTP/2. */
  readonly grpc: Http2Server
}

/** The shop: the contract, its socket, its gRPC, the control route, and a span of each answer. */
export function makeApp(settled: Settled, tracer: Tracer | undefined): App {
  const start = (faults: readonly Fault[]) => behave(faults, { ...settled, now: () => performance.now() })
  const stock: { -readonly [K in keyof Stock]: Stock[K] } = {
    carts: keepCarts(),
    behaviour: start(settled.faults),
    random: stream(settled.seed, 'choices'),
    today: () => new Date(),
  }
  const accept = acceptSockets(stock)
  const faults: FaultSwitch = {
    list: () => stock.behaviour.faults,
    replace: (texts) => void (stock.behaviour = start(parseFaults(texts))),
  }

  function record(
    { headers, method = '' }: Pick<IncomingMessage, 'headers' | 'method'>,
    path: string,
    route: RouteName | undefined,
    status: number,
    start: number,
    failed?: string,
  ): void {
    const traceparent = headers.traceparent?.toString()
    tracer?.record({ traceparent, method, path, route, status, start, end: now(), failed })
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const from = now()
    const target = parseTarget(request.url ?? '/')
    if (target === undefined) response.writeHead(400).end()
    else if (target.path === CONTROL_PATH) await control(request, response, faults)
    else {
      const answered = await respond(request, response, target, stock)
      if (tracer === undefined || answered === undefined) return
      const { reply, match } = answered
      record(request, target.path, match?.route.name, reply.status, from, reply.failed)
    }
  }

  return {
    request(request, response) {
      answer(request, response).catch(() => {
        if (response.headersSent) response.destroy()
        else response.writeHead(500).end()
      })
    },
    upgrade(request, stream, head) {
      const path = parseTarget(request.url ?? '/')?.path
      if (path !== '/ws') {
        stream.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
        return
      }
      record(request, path, '/ws', 101, now())
      accept(request, stream, head).catch(() => stream.destroy())
    },
    grpc: makeGrpc(stock, () => {
      const start = now()
      return (path, traceparent, failed) => {
        const headers = traceparent === undefined ? {} : { traceparent }
        record({ headers, method: 'POST' }, path, '/grpc', failed ? 503 : 200, start)
      }
    }),
  }
}

const now = (): number => performance.timeOrigin + performance.now()
