import { once } from 'node:events'
import { createServer as createHttp } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { makeApp, type App } from './app.ts'
import { ShopError } from './errors.ts'
import { settleOptions, type Settled, type ShopOptions } from './options.ts'
import { startTracer, type Tracer } from './tracer.ts'

/** A shop that runs. */
export interface Shop {
  /** Its base URL, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** Stops listening, cuts every connection and sends the spans that are left; again is harmless. */
  close(): Promise<void>
}

/** Longer than the 90 s that a Go client keeps an idle connection, so it is never the shop that hangs up. */
const KEEP_ALIVE_MS = 600_000

/** Starts a shop, whose faults `/_faults` reads and replaces while it runs; rejects with a ShopError that holds every problem of the options, or says why it cannot listen. */
export async function startShop(options: ShopOptions = {}): Promise<Shop> {
  const settled = settleOptions(options)
  const tracer = settled.traces && startTracer(settled.traces, settled.seed)
  const server = serve(makeApp(settled, tracer))
  const port = await listen(server, settled).catch(async (error: unknown) => {
    await tracer?.close()
    throw error
  })
  let closed: Promise<void> | undefined
  return {
    url: `http://${reachable(settled.host)}:${port}`,
    port,
    close: () => (closed ??= stop(server, tracer)),
  }
}

/** How a client begins that speaks HTTP/2 without TLS, as gRPC does. */
const PREFACE = 'PRI '

/** One port for HTTP/1.1, WebSockets and gRPC: the first bytes of a connection say which it is. */
function serve(app: App): Server & { cut: () => void } {
  const http = createHttp({ keepAliveTimeout: KEEP_ALIVE_MS }, app.request).on('upgrade', app.upgrade)
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    // A client that is gone.
    socket.on('error', () => socket.destroy())
    socket.once('readable', () => {
      const first = socket.read() as Buffer | null
      if (first === null) return
      socket.unshift(first)
      const isGrpc = first.toString('latin1', 0, PREFACE.length) === PREFACE
      ;(isGrpc ? app.grpc : http).emit('connection', socket)
    })
  })
  return Object.assign(server, { cut: () => open.forEach((socket) => socket.destroy()) })
}

async function listen(server: Server, { port, host }: Settled): Promise<number> {
  try {
    await once(server.listen(port, host), 'listening')
    return (server.address() as AddressInfo).port
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException
    const why = WHY[code] ?? `cannot be listened at (${message}); choose another.`
    throw new ShopError([`Port ${port} of ${host} ${why}`], { cause })
  }
}

const WHY: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use: stop what listens there, or choose another (0 takes any free one).',
  EACCES: 'is not open to this user: choose one over 1023.',
}

function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

async function stop(server: ReturnType<typeof serve>, tracer: Tracer | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.cut()
  })
  await tracer?.close()
}
