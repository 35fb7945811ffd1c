import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { authority, closeServer } from '../base/http/index.ts'
import type { Change } from './changes.ts'
import { RecordError } from '../prometheus/index.ts'
import { problemOf, type PROBLEMS } from './problems.ts'
import { createPushReader } from './push.ts'
import { pushBody } from './pushRequest.ts'
import type { Reason } from './reason.ts'
import { createStore, type Store } from './store.ts'

/** Where to listen, loopback and a free port unless told; and who is told what came. */
export interface ReceiverOptions {
  readonly host?: string
  readonly port?: number
  /** The path to push to; one that cannot be guessed unless told. */
  readonly path?: string
  /** Takes the pushes in; a new one unless told. */
  readonly store?: Store
  /** Gets what an accepted push changed, and its body (Snappy) as far as it was taken in. What it throws is a problem. */
  readonly onPush?: ((changes: readonly Change[], body: () => Buffer) => void) | undefined
}

/** A listening recorder. */
export interface Receiver {
  /** What k6 wants as K6_PROMETHEUS_RW_SERVER_URL: its path cannot be guessed, so that only k6 can push. */
  readonly url: string
  readonly store: Store
  /** What was refused and why, each sentence once, at most 100. */
  readonly problems: readonly Reason[]
  close(): Promise<void>
}

const MAX_PROBLEMS = 100

/** Listens for k6's remote write; rejects if it cannot listen, and never throws once it does. */
export async function startReceiver({
  host = '127.0.0.1',
  port = 0,
  path = `/${randomBytes(16).toString('hex')}/api/v1/write`,
  store = createStore(),
  onPush,
}: ReceiverOptions = {}): Promise<Receiver> {
  const problems: Reason[] = []
  const note = (code: keyof typeof PROBLEMS, problem: string, data: { why?: string } = {}) => {
    if (problems.length < MAX_PROBLEMS && !problems.some(({ text }) => text === problem))
      problems.push(problemOf(code, problem, data))
  }
  const readPush = createPushReader()
  const take = (body: Buffer): void => {
    const push = readPush(body)
    const changes = store.add(push.series)
    try {
      onPush?.(changes, () => push.body())
    } catch (error) {
      const why = messageOf(error)
      note('push-not-followed', `What follows a push failed: ${why}.`, { why })
    }
  }
  const door: Door = { path, host: '' }
  const server = createServer((request, response) => {
    void receive(request, door, take).then(({ status, problem = '', text }) => {
      if (problem) note('push-not-read', problem)
      // What is left of a refused body is read away, so that the answer arrives.
      request.resume()
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(problem || text)
    })
  })
  // k6 pushes every few seconds over one connection: closing it in between would race with a push.
  server.keepAliveTimeout = 0
  await once(server.listen(port, host), 'listening')
  server.on('error', (error) => {
    note('recorder-failed', `The recorder's socket failed: ${error.message}.`, { why: error.message })
  })
  const { port: open } = server.address() as AddressInfo
  door.host = authority(host, open)
  return { url: `http://${door.host}${door.path}`, store, problems, close: () => closeServer(server) }
}

/** The path for k6's pushes. */
interface Door {
  readonly path: string
  host: string
}

interface Answer {
  readonly status: number
  /** What is wrong with a push of k6's. */
  readonly problem?: string
  /** What a stranger is told. */
  readonly text?: string
}

async function receive(request: IncomingMessage, door: Door, take: (body: Buffer) => void): Promise<Answer> {
  const refusal = stranger(request, door)
  if (refusal) return refusal
  try {
    const body = await pushBody(request)
    if (!Buffer.isBuffer(body)) return body
    take(body)
    return { status: 204 }
  } catch (error) {
    if (error instanceof RecordError) return { status: 400, problem: error.message }
    return { status: 500, problem: `A push could not be taken in: ${messageOf(error)}.` }
  }
}

/** The answer to other clients than k6; their requests are not read, forwarded or recorded. */
function stranger({ url, headers }: IncomingMessage, { path, host }: Door): Answer | undefined {
  if (headers.host !== host) return { status: 421, text: 'There is nothing here under that name.' }
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined)
    return { status: 403, text: 'There is nothing here for a web page.' }
  return url === path ? undefined : { status: 404, text: 'There is nothing here.' }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
