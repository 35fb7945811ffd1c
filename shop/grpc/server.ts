import { createServer, type Http2Server, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2'
import { setTimeout as sleep } from 'node:timers/promises'
import { routeNamed } from '../routes.ts'
import type { Stock } from '../stock.ts'
import { callOver, GRPC, hearMessages } from './call.ts'
import { catalogueMethod } from './catalogue.ts'
import { CATALOG_SERVICE, definitions } from './definitions.ts'
import { reflect, REFLECTION_SERVICES } from './reflection.ts'

/** Is told of a call that ended: its path, its `traceparent`, and whether a fault answered it. */
export type Served = (path: string, traceparent: string | undefined, failed: boolean) => void

/** The shop's gRPC, which takes connections that somebody else has accepted; faults of `/grpc` meet each message. */
export function makeGrpc(stock: Stock, served: () => Served | undefined): Http2Server {
  const server = createServer()
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    // The client that is gone says so by an error.
    stream.on('error', () => stream.destroy())
    answer(stream, headers, stock, served()).catch(() => stream.destroy())
  })
  server.on('sessionError', () => undefined)
  return server
}

async function answer(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  stock: Stock,
  served?: Served,
): Promise<void> {
  const [, service = '', method = ''] = (headers[':path'] ?? '').split('/')
  const call = callOver(stream)
  if (headers['content-type']?.startsWith('application/grpc') !== true) {
    stream.respond({ ':status': 415 }, { endStream: true })
    return
  }
  const isCatalogue = service === CATALOG_SERVICE
  const about = await definitions()
  const answering = isCatalogue
    ? catalogueMethod(method, call, stock, about)
    : REFLECTION_SERVICES.includes(service) && reflect(call, about)
  if (!answering) {
    call.end({ code: GRPC.unimplemented, message: `there is no ${service}/${method}` })
    return
  }
  let failed = false
  stream.on('close', () => served?.(headers[':path'] ?? '', headers.traceparent?.toString(), failed))
  // What comes later is answered later, whatever its own delay is.
  let turn = Promise.resolve()
  const next = (act: () => Promise<void> | void): void => {
    turn = turn.then(act).catch(() => void stream.destroy())
  }
  hearMessages(
    stream,
    (message) =>
      next(async () => {
        const fault = isCatalogue ? await meetFault(stream, stock) : undefined
        if (fault === undefined) answering.heard(message)
        else {
          failed = true
          call.end({ code: GRPC.unavailable, message: `fault: ${fault}` })
        }
      }),
    () => next(() => answering.ended()),
  )
}

/** Waits as long as faults ask for; the cause where one fails the message. */
async function meetFault(stream: ServerHttp2Stream, { behaviour }: Stock): Promise<string | undefined> {
  const { delayMs, failure, dropped } = behaviour.treat(routeNamed('/grpc'))
  if (delayMs >= 0.5) await sleep(Math.round(delayMs), undefined, { ref: false })
  if (dropped) stream.session?.destroy()
  return failure?.cause
}
