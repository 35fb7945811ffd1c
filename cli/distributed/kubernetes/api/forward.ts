import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { Duplex } from 'node:stream'
import { WebSocket, type ClientOptions, type RawData } from 'ws'
import { UserError } from '../../../base/index.ts'
import { noAnswerReason } from '../../../base/http/index.ts'
import type { Access } from './access.ts'
import { bodyOf, type Answer } from './call.ts'
import { Unavailable } from './unavailable.ts'

/** The protocol of a forwarded port: each message begins with its channel, 0 for data and 1 for errors. */
const PROTOCOL = 'v4.channel.k8s.io'
const DATA = 0
/** The first message of a channel is the port alone. */
const PORT_BYTES = 2

/** A port of a pod. */
export interface PodPort {
  readonly pod: string
  readonly port: number
}

/** Milliseconds for an answer of a pod. */
const TIMEOUT_MS = 20_000

/** What is asked of a pod. */
export interface PodCall {
  readonly method?: string
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Whether it is waited for as long as it takes. */
  readonly isPatient?: boolean
}

/**
 * Asks a pod through the cluster's server, as `kubectl port-forward` reaches it. Throws {@link Unavailable} where it does not
 * answer, and UserError where the cluster does not allow it.
 */
export async function callPod(access: Access, place: PodPort, asked: PodCall): Promise<Answer> {
  try {
    return await asking(access, place, asked)
  } catch (error) {
    const [, refused] = /Unexpected server response: (40[13])/.exec((error as Error).message) ?? []
    if (refused !== undefined)
      throw new UserError(
        `kubernetes: the cluster refuses to forward a port of the pod ${place.pod} (${refused}): it takes get and create of pods/portforward`,
      )
    const why = noAnswerReason(error as Error, { limit: TIMEOUT_MS })
    throw new Unavailable(`kubernetes: port ${place.port} of the pod ${place.pod} ${why}`)
  }
}

async function asking(
  access: Access,
  { pod, port }: PodPort,
  { method = 'GET', path, body, headers = {}, isPatient = false }: PodCall,
): Promise<Answer> {
  const socket = await forwarded(access, { pod, port })
  try {
    const asked = request({
      host: '127.0.0.1',
      method,
      path,
      headers: { ...headers, 'content-type': 'application/json' },
      createConnection: () => socket,
      ...(isPatient ? {} : { signal: AbortSignal.timeout(TIMEOUT_MS) }),
    })
    asked.end(body === undefined ? undefined : JSON.stringify(body))
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    return { status: answer.statusCode ?? 0, body: await bodyOf(answer) }
  } finally {
    socket.destroy()
  }
}

/** A connection to a pod's port. */
async function forwarded(access: Access, { pod, port }: PodPort): Promise<Duplex> {
  const path = `api/v1/namespaces/${access.namespace}/pods/${pod}/portforward?ports=${port}`
  const url = new URL(path, access.server)
  url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:'
  const options = (await access.options()) as unknown as ClientOptions
  const socket = new WebSocket(url, [PROTOCOL], { ...options, handshakeTimeout: TIMEOUT_MS })
  const begun = new Set<number>()
  const duplex = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _, done) => socket.send(Buffer.concat([Buffer.from([DATA]), chunk]), done),
    destroy(error, done) {
      socket.terminate()
      done(error)
    },
  })
  socket.on('message', (data: RawData) => {
    const message = Buffer.isBuffer(data)
      ? data
      : Buffer.concat([data].flat().map((part) => Buffer.from(part as Buffer)))
    const channel = message[0] ?? 0
    const rest = message.subarray(begun.has(channel) ? 1 : 1 + PORT_BYTES)
    begun.add(channel)
    if (rest.length === 0) return
    if (channel === DATA) duplex.push(rest)
    else duplex.destroy(new Error(rest.toString()))
  })
  // The first messages may come with the handshake's own bytes: who listens only then has missed them.
  await once(socket, 'open')
  socket.on('close', () => duplex.push(null))
  socket.on('error', (error) => duplex.destroy(error))
  return duplex
}
