import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeWrite } from '../../cli/prometheus/index.ts'
import { pointsOf } from './remoteWrites.ts'

/** How a stand-in answers one write: as Prometheus would, or `drop`: takes it and hangs up, or another answer. */
export type Behaviour =
  'prometheus' | 'drop' | 'silent' | { status: number; text?: string; headers?: Record<string, string> }

/** How a stand-in behaves. */
export interface FakePrometheusOptions {
  port?: number
  /** The answer to the nth write, from 1. */
  behave?: (nth: number) => Behaviour
  /** Whether it takes native histograms. */
  native?: boolean
  /** Samples before this time are too old. */
  oldest?: number
  /** The most bytes of a body. */
  largest?: number
  /** A metric that it does not take. */
  unwanted?: string
}

/** A server that takes writes as Prometheus 2.42 does: all of a request, or nothing. */
export interface FakePrometheus {
  url: string
  port: number
  options: FakePrometheusOptions
  /** By series, by time: the value, or the count of a histogram. */
  taken: Map<string, Map<number, number>>
  /** The bodies of the writes that were taken, in order. */
  bodies: Buffer[]
  writes: number
  headers: IncomingHttpHeaders[]
  close: () => Promise<void>
}

/** Starts a stand-in on loopback. */
export async function startFakePrometheus(options: FakePrometheusOptions = {}): Promise<FakePrometheus> {
  const server = createServer((request, response) => {
    void answer(fake, request, response)
  })
  await once(server.listen(options.port ?? 0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const fake: FakePrometheus = {
    url: `http://127.0.0.1:${port}/api/v1/write`,
    port,
    options,
    taken: new Map(),
    bodies: [],
    writes: 0,
    headers: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return fake
}

async function answer(
  fake: FakePrometheus,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  fake.headers.push(request.headers)
  const how = fake.options.behave?.(++fake.writes) ?? 'prometheus'
  if (how === 'silent') return
  if (typeof how === 'object') {
    response.writeHead(how.status, how.headers ?? {}).end(how.text ?? '')
    return
  }
  const refusal = take(fake, body)
  if (how === 'drop') request.socket.destroy()
  else response.writeHead(refusal?.status ?? 204).end(refusal?.text ?? '')
}

interface Refusal {
  status: number
  text: string
}

const bad = (text: string): Refusal => ({ status: 400, text })

function take({ options, taken, bodies }: FakePrometheus, body: Buffer): Refusal | undefined {
  const { native = true, oldest = -Infinity, largest = Infinity, unwanted } = options
  if (body.length > largest) return { status: 413, text: 'request entity too large' }
  const pushed = decodeWrite(body)
  const points = pointsOf(pushed)
  for (const { key, at, value, native: isNative } of points) {
    const known = taken.get(key)
    const newest = Math.max(-Infinity, ...(known?.keys() ?? []))
    if (unwanted !== undefined && key.startsWith(unwanted)) return bad('label value too long')
    if (isNative && !native) return { status: 500, text: 'native histograms are disabled' }
    if (at < oldest) return bad('out of bounds')
    // k6 repeats a histogram beside its stale marker; Prometheus finds it known.
    if (at < newest) return bad('out of order sample')
    if (at === newest && !Object.is(known?.get(at), value)) return bad('duplicate sample for timestamp')
  }
  for (const { key, at, value } of points) {
    const known = taken.get(key) ?? new Map<number, number>()
    taken.set(key, known.set(at, value))
  }
  bodies.push(body)
  return undefined
}
