import { createServer, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { OtlpSpan, payload } from '../../cli/telemetry/traces/otlp.ts'

/** A request that a stand-in collector got. */
export interface Posted {
  path: string
  headers: NodeJS.Dict<string | string[]>
  body: ReturnType<typeof payload> & { resourceSpans: ResourceSpans[] }
  spans: OtlpSpan[]
}
interface ResourceSpans {
  resource: { attributes: { key: string; value: { stringValue?: string } }[] }
  scopeSpans: { spans: OtlpSpan[] }[]
}

/** A collector on loopback: what it got, and what it took. */
export interface FakeCollector {
  url: string
  got: Posted[]
  taken: () => OtlpSpan[]
  /** How it answers from now on. */
  answer: (how: Answering) => void
  close: () => Promise<void>
}
type Answering = (response: ServerResponse, posted: Posted) => void

/** Takes everything. */
export const take: Answering = (response) => void response.writeHead(200).end('{"partialSuccess":{}}')
/** Answers with a status. */
export const refuseWith =
  (status: number, headers: Record<string, string> = {}): Answering =>
  (response) =>
    void response.writeHead(status, headers).end('no\u0007 thanks')

/** Starts a stand-in collector, at a port if one is told. */
export async function startFakeCollector(port = 0): Promise<FakeCollector> {
  const got: Posted[] = []
  const taken: OtlpSpan[] = []
  let answering = take
  const server: Server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    request.on('end', () => {
      const body = JSON.parse(text) as Posted['body']
      const spans = body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))
      const posted = { path: request.url ?? '', headers: request.headers, body, spans }
      got.push(posted)
      response.on('finish', () => {
        if (response.statusCode < 300) taken.push(...spans)
      })
      answering(response, posted)
    })
  })
  await once(server.listen(port, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    got,
    taken: () => taken,
    answer: (how) => (answering = how),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
