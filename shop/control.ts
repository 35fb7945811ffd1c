import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from './body.ts'
import { ShopError } from './errors.ts'

/** Where faults are read and replaced. */
export const CONTROL_PATH = '/_faults'

/** The faults in force, as written; `replace` throws a ShopError and changes nothing when one cannot be. */
export interface FaultSwitch {
  list(): readonly string[]
  replace(faults: readonly string[]): void
}

/**
 * The control route: `GET /_faults` answers a JSON array of the faults in force, `PUT /_faults` takes such an array,
 * replaces all of them at once and starts their clocks anew, or answers 400 `{ "problems": [] }` and changes nothing.
 * It answers this machine only: anyone else, and whoever comes through a tunnel or proxy, gets 403.
 */
export async function control(
  request: IncomingMessage,
  response: ServerResponse,
  faults: FaultSwitch,
): Promise<void> {
  const [status, value] = isLocal(request)
    ? await obey(request, faults)
    : [403, refused('Faults are set from this machine only.')]
  const body = `${JSON.stringify(value)}\n`
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  })
  response.end(body)
}

const refused = (...problems: readonly string[]) => ({ problems })

async function obey(
  request: IncomingMessage,
  faults: FaultSwitch,
): Promise<readonly [status: number, value: unknown]> {
  if (request.method === 'GET') return [200, faults.list()]
  if (request.method !== 'PUT') return [405, refused('Write GET or PUT.')]
  try {
    faults.replace(parse(await readBody(request)))
    return [200, faults.list()]
  } catch (error) {
    if (error instanceof ShopError) return [400, refused(...error.problems)]
    throw error
  }
}

function parse(body: Buffer | undefined): string[] {
  const wanted = 'Send a JSON array of faults, for example ["errors=/cart:0.05"], of 64 KiB at most.'
  let value: unknown
  try {
    value = JSON.parse(body?.toString('utf8') ?? '')
  } catch (cause) {
    throw new ShopError([wanted], { cause })
  }
  const isTexts = (list: unknown): list is string[] =>
    Array.isArray(list) && list.every((each) => typeof each === 'string')
  if (!isTexts(value)) throw new ShopError([wanted])
  return value
}

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/
const LOCAL_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'cf-connecting-ip']

const isLocal = ({ socket, headers }: IncomingMessage): boolean =>
  LOOPBACK.test(socket.remoteAddress ?? '') &&
  LOCAL_HOST.test(headers.host ?? '') &&
  FORWARDED.every((name) => headers[name] === undefined)
