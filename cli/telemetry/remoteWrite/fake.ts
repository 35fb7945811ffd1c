import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeWrite, encodeWrite, histogramOf, type Pushed } from '../../prometheus/index.ts'

/** How a stand-in answers one write: as Prometheus would, or `drop`: takes it and hangs up, or another answer. */
export type Behaviour =
  'prometheus' | 'drop' | 'silent' | { status: number; text?: string; headers?: Record<string, string> }

/** How a stand-in behaves. */
export interface FakeOptions {
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
export interface Fake {
  url: string
  port: number
  options: FakeOptions
  /** By series, by time: the value, or the count of a histogram. */
  taken: Map<string, Map<number, number>>
  /** The bodies of the writes that were taken, in order. */
  bodies: Buffer[]
  writes: number
  headers: IncomingHttpHeaders[]
  close: () => Promise<void>
}

/** Starts a stand-in on loopback. */
export async function fakeServer(options: FakeOptions = {}): Promise<Fake> {
  const server = createServer((request, response) => {
    void answer(fake, request, response)
  })
  await once(server.listen(options.port ?? 0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const fake: Fake = {
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

async function answer(fake: Fake, request: IncomingMessage, response: ServerResponse): Promise<void> {
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

/** The points of a request in the order in which Prometheus looks at them. */
function pointsOf(pushed: readonly Pushed[]): { key: string; at: number; value: number; native: boolean }[] {
  return pushed.flatMap(({ name, labels, samples, histograms }) => {
    const key = `${name}${JSON.stringify(Object.entries(labels).sort())}`
    return [
      ...samples.map(({ at, value }) => ({ key, at, value, native: false })),
      ...histograms.map(({ at, value }) => ({ key, at, value: value.count, native: true })),
    ]
  })
}

function take({ options, taken, bodies }: Fake, body: Buffer): Refusal | undefined {
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

/** A push such as k6 makes: counters, gauges and histograms of some series, at one moment. */
export function pushAt(at: number, series = 4, value = at % 1000): Buffer {
  return Buffer.from(
    encodeWrite(
      Array.from({ length: series }, (_, index): Pushed[] => [
        {
          name: 'k6_http_reqs_total',
          labels: { name: `request ${index}`, testid: 'a run' },
          samples: [{ at, value }],
          histograms: [],
        },
        {
          name: 'k6_http_req_duration_seconds',
          labels: { name: `request ${index}` },
          samples: [],
          histograms: [{ at, value: histogramOf([0.01, 0.3, 2 + value]) }],
        },
      ]).flat(),
    ),
  )
}

/** What a server that took these pushes whole has, by series and time. */
export function expected(pushes: readonly Buffer[]): Map<string, Map<number, number>> {
  const all = new Map<string, Map<number, number>>()
  for (const { key, at, value } of pushes.flatMap((body) => pointsOf(decodeWrite(body))))
    all.set(key, (all.get(key) ?? new Map<number, number>()).set(at, value))
  return all
}
