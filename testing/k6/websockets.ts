import type { Core } from '../core.ts'
import { worked } from '../core.ts'
import type { PlayedSocket } from '../types.ts'
import { ask } from './wire.ts'

type Listener = (event: unknown) => void
type Named = 'open' | 'message' | 'error' | 'close' | 'ping' | 'pong'

const NAMES: readonly Named[] = ['open', 'message', 'error', 'close', 'ping', 'pong']
const STATES = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 } as const
/** Milliseconds of virtual time that a handshake and a message take unless told. */
const TAKES_MS = 10

interface Params {
  headers?: Record<string, string>
  tags?: object
}

/** k6's `k6/websockets`, with servers that `respond` plays: what answers a handshake has a `socket`. */
export function websocketsModule(core: Core): Record<string, unknown> {
  function WebSocket(url: unknown, _protocols?: unknown, params: Params | null = {}): object {
    return open(core, String(url), params ?? {})
  }
  const Blob = (): never => {
    throw new core.GoError('Blob is not in the double of k6: set binaryType to "arraybuffer"')
  }
  return { WebSocket: Object.assign(WebSocket, STATES), Blob }
}

function open(core: Core, url: string, { headers = {}, tags }: Params): object {
  const wire = ask(core, { method: 'GET', url, headers: { ...headers }, body: '', timeout: 60_000, tags })
  const { answer } = wire
  const began = core.clock.now()
  const listeners = new Map<Named, Listener[]>()
  let state: number = STATES.CONNECTING
  const later = (act: () => void, milliseconds = TAKES_MS): void => {
    core.timers.setTimeout(() => {
      worked(core)
      act()
    }, milliseconds)
  }
  const emit = (type: Named, more: object = {}): void => {
    for (const listener of listeners.get(type) ?? []) listener({ type, timestamp: core.clock.now(), ...more })
  }
  const end = (code: number | undefined, reason: string, error?: string): void => {
    if (state === STATES.CLOSED) return
    const wasOpen = state !== STATES.CONNECTING
    state = STATES.CLOSED
    if (wasOpen) wire.sample('ws_session_duration', core.clock.now() - began)
    if (error !== undefined) emit('error', { error })
    emit('close', { ...(code === undefined ? {} : { code }), reason })
  }
  const tell = (data: unknown): void => {
    if (state !== STATES.OPEN) return
    wire.sample('ws_msgs_received', 1)
    emit('message', { data })
  }
  const server: PlayedSocket = {
    send: (data, after) => later(() => tell(data), after),
    close: (code = 1000, reason = '') =>
      later(() => end(code, reason, code === 1000 ? undefined : `close ${code}`)),
    cut: () => later(() => end(1006, '', 'websocket: close 1006 (abnormal closure): unexpected EOF')),
  }
  const refused =
    answer.error ??
    (answer.status !== undefined && answer.status !== 101 ? 'websocket: bad handshake' : undefined)
  later(() => {
    wire.sample('ws_sessions', 1)
    wire.sample('ws_connecting', core.clock.now() - began)
    if (refused !== undefined) {
      end(undefined, '', refused)
      return
    }
    if (state !== STATES.CONNECTING) return
    state = STATES.OPEN
    emit('open')
    answer.socket?.(undefined, server)
  }, answer.duration)
  const needOpen = (): void => {
    if (state !== STATES.OPEN) throw new core.GoError('InvalidStateError')
  }
  const members = {
    url,
    binaryType: 'blob',
    bufferedAmount: 0,
    addEventListener: (type: Named, listener: Listener) => {
      listeners.set(type, [...(listeners.get(type) ?? []), listener])
    },
    send: (data: string | ArrayBuffer) => {
      needOpen()
      wire.sample('ws_msgs_sent', 1)
      // In a walk, whatever is waited for comes.
      if (core.filling !== undefined) server.send(core.filling as string)
      else answer.socket?.(data, server)
    },
    ping: () => {
      needOpen()
      later(() => emit('pong'))
    },
    close: (code = 1000, reason = '') => {
      if (state >= STATES.CLOSING) return
      state = STATES.CLOSING
      later(() => end(code, reason))
    },
  }
  Object.defineProperty(members, 'readyState', { get: () => state })
  for (const type of NAMES)
    Object.defineProperty(members, `on${type}`, {
      set: (listener: Listener | null) => void listeners.set(type, listener ? [listener] : []),
    })
  return members
}
