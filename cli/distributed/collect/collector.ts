import { once } from 'node:events'
import {
  createServer as createPlain,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo } from 'node:net'
import { UserError } from '../../base/index.ts'
import { authority, closeServer } from '../../base/http/index.ts'
import { BUNDLE_HEADER } from '../../project/index.ts'
import { pushBody, type PushRefusal } from '../../record/index.ts'
import { PATHS } from '../../run/index.ts'
import { allowedPath } from './access.ts'
import { createBudget, Overfull, type Budget } from './budget.ts'
import type { Intake } from './intake.ts'
import type { Answer, Joining } from './joining.ts'
import { LIMITS } from './limits.ts'
import { metricsText } from './metrics.ts'

/** Where a collector listens, and who may push. */
export interface CollectorOptions {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** What every push must carry. */
  readonly token: string
  /** With a certificate it speaks TLS alone. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer } | undefined
  /** Answers instances that were started by `run --join`. */
  readonly joining?: Joining | undefined
  /** What else it answers to whoever has the token, by path with its query; undefined: nothing. */
  readonly answer?: ((path: string, query: URLSearchParams) => Promise<Buffer | undefined>) | undefined
}

/** A service that takes the pushes of many k6. */
export interface Collector {
  /** Without a token, `https://10.0.0.7:9090`. */
  readonly url: string
  close(): Promise<void>
}

/** Starts a collector of what an intake takes. Throws UserError where it cannot listen. */
export async function startCollector(
  intake: Intake,
  { host, port, token, tls, joining, answer }: CollectorOptions,
): Promise<Collector> {
  const { counts } = intake
  const budget = createBudget(LIMITS.bytesInFlight)
  const write = writer(intake, budget)
  const answerTo = async (request: IncomingMessage): Promise<Answer> => {
    const { method, url } = request
    if (method === 'GET' && url === '/healthz') return { status: 200, text: healthText(intake) }
    if (method === 'GET' && url === '/metrics') return { status: 200, text: metricsText(intake, Date.now()) }
    const path = allowedPath(request, token)
    if (path === undefined) {
      counts.unauthorized++
      return { status: 401, text: 'This collector takes pushes that carry the token of its run.' }
    }
    const [isWrite, instance] = WRITE.exec(path) ?? []
    if (isWrite !== undefined) return write(request, instance)
    const query = new URL(url ?? '', 'http://collector').searchParams
    const body = method === 'GET' ? await answer?.(path, query) : undefined
    if (body) return { status: 200, text: body }
    const answered = await budget.spend(async (count) => joining?.answer(request, path, count))
    return answered ?? { status: 404, text: `There is ${PATHS.write}.` }
  }
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    void answerTo(request)
      // A connection that breaks off has no answer; a disk that takes nothing is asked again.
      .catch((error: unknown): Answer => ({ status: 503, text: (error as Error).message }))
      .then(({ status, text = '', type = 'text/plain; charset=utf-8' }) => {
        // What is left of a refused body is read away, so that the answer arrives.
        request.resume()
        response.writeHead(status, { 'content-type': type }).end(text)
      })
  }
  const server = serverOf(tls, handle)
  bound(server)
  server.on('drop', () => counts.dropped++)
  await listening(server, host, port)
  const { port: opened } = server.address() as AddressInfo
  return {
    url: `${tls ? 'https' : 'http'}://${authority(host, opened)}`,
    close: () => closeServer(server),
  }
}

/** Said with 200 alone: who starts a collector anew for it, or sends it nothing, makes no room. */
const healthText = (intake: Intake): string =>
  intake.unkept().length > 0 ? 'The disk takes nothing more: pushes are refused.\n' : 'ok\n'

/** Throws UserError where a collector cannot listen there, before anything is made for it. */
export async function tryListening({ host, port, tls }: CollectorOptions): Promise<void> {
  const server = serverOf(tls, () => undefined)
  await listening(server, host, port)
  await closeServer(server)
}

/** A server, of TLS where there is a certificate. Throws UserError where that is none. */
function serverOf(tls: CollectorOptions['tls'], handle: RequestListener): Server {
  if (!tls) return createPlain(handle)
  try {
    return createSecure(tls, handle)
  } catch (error) {
    throw new UserError(
      `--cert, --key: got no certificate with its key in PEM (${(error as Error).message}); allowed: the two files of one pair`,
    )
  }
}

/** Where pushes go, with the name of their instance where somebody else has named its k6: `/api/v1/write/3`. */
const WRITE = new RegExp(`^${PATHS.write}(?:/([\\w-]{1,64}))?$`)

/** Answers pushes. */
function writer(
  intake: Intake,
  budget: Budget,
): (request: IncomingMessage, instance: string | undefined) => Promise<Answer> {
  const answer = (request: IncomingMessage, instance: string | undefined): Promise<PushRefusal | undefined> =>
    budget.spend(async (count) => {
      const body = await pushBody(request, count)
      if (!Buffer.isBuffer(body)) return intake.refuse(body)
      const bundle = [request.headers[BUNDLE_HEADER.toLowerCase()]].flat()[0]
      return intake.take(body, { bundle, instance, connection: request.socket })
    })
  return async (request, instance) => {
    try {
      return said(await answer(request, instance))
    } catch (error) {
      const { message } = error as Error
      return said(
        intake.refuse(
          error instanceof Overfull
            ? { status: 503, problem: message }
            : { status: 400, problem: `A push broke off: ${message}.` },
        ),
      )
    }
  }
}

const said = (refusal: PushRefusal | undefined): Answer =>
  refusal ? { status: refusal.status, text: refusal.problem } : { status: 204 }

/** No sender holds a connection for ever, and no crowd of them takes all that there are. */
function bound(server: Server): void {
  server.maxConnections = LIMITS.connections
  server.requestTimeout = LIMITS.requestMs
  server.headersTimeout = LIMITS.headersMs
  server.keepAliveTimeout = LIMITS.idleMs
  server.timeout = LIMITS.idleMs
  server.on('clientError', (_, socket) => socket.destroy())
}

async function listening(server: Server, host: string, port: number): Promise<void> {
  try {
    await once(server.listen({ port, host, backlog: LIMITS.connections }), 'listening')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new UserError(
      code === 'EADDRINUSE'
        ? `--listen: got port ${port}, which is in use; allowed: a free port, 0 for any`
        : `--listen: the collector cannot listen at ${authority(host, port)}: ${message}; allowed: an address of this machine, such as 0.0.0.0:9090`,
    )
  }
}
