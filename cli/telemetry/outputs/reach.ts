import { once } from 'node:events'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { noAnswerReason } from '../../base/http/index.ts'

/** Why a server was not reached: in words behind its name. */
export interface Unreached {
  readonly why: string
  /** Something is there, but it speaks no TLS. */
  readonly plain?: true
}

/** Connects to a server once, by TLS where it is `secure`; never rejects. Whose certificate it has is k6's to judge. */
export async function unreached(
  { origin, secure }: { origin: string; secure: boolean },
  signal: AbortSignal,
): Promise<Unreached | undefined> {
  const { hostname, port } = new URL(origin)
  const place = { host: hostname.replace(/[[\]]/g, ''), port: Number(port) || (secure ? 443 : 80) }
  const socket = secure ? connectTls({ ...place, rejectUnauthorized: false }) : connect(place)
  try {
    await once(socket, secure ? 'secureConnect' : 'connect', { signal })
    return undefined
  } catch (error) {
    if (signal.aborted) return { why: 'does not answer in time' }
    const { code = '', message } = error as NodeJS.ErrnoException
    const isPlain = /wrong version number|packet length too long|ECONNRESET|EPIPE/i.test(`${code} ${message}`)
    return isPlain && secure ? { why: 'speaks no TLS', plain: true } : { why: noAnswerReason(error as Error) }
  } finally {
    socket.destroy()
  }
}
