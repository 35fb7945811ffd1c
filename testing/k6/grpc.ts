import { isAbsolute } from 'node:path'
import type { Core } from '../core.ts'
import { MODULES } from '../tables.ts'
import { ask, type Wire } from './wire.ts'

/** gRPC's statuses in their order, as k6 names them. */
const STATUSES = (
  'OK Canceled Unknown InvalidArgument DeadlineExceeded NotFound AlreadyExists PermissionDenied ResourceExhausted ' +
  'FailedPrecondition Aborted OutOfRange Unimplemented Internal Unavailable DataLoss Unauthenticated'
).split(' ')
const TAKES_MS = 10

interface Params {
  metadata?: Record<string, string>
  tags?: object
  timeout?: number
}
type Listener = (data: unknown, about: { ts: number }) => void

/** k6's `k6/net/grpc`, with servers that `respond` plays: at `grpc://host:port/pkg.Service/Method`, with gRPC's status. */
export function grpcModule(
  core: Core,
  open?: (path: string, mode: 'text' | 'binary') => unknown,
): Record<string, unknown> {
  const addresses = new WeakMap<object, string>()

  const call = (
    client: object,
    method: string,
    body: string,
    { metadata = {}, tags, timeout = 120_000 }: Params,
  ) => {
    const address = addresses.get(client)
    if (address === undefined) throw new core.GoError('no gRPC connection, you must call connect first')
    const path = method.replace(/^\//, '')
    const [service = '', name = ''] = path.split('/')
    if (!name) throw new core.GoError(`method "/${path}" not found in file descriptors`)
    const named = { service, method: name, name: `/${path}`, ...tags }
    const url = `grpc://${address}/${path}`
    return ask(core, { method: 'POST', url, headers: { ...metadata }, body, timeout, tags: named })
  }

  /** How a call ends: as the target answers, or by its deadline where that is later; 14 where nobody answers. */
  const endOf = ({ answer }: Wire, { timeout = 120_000 }: Params) => {
    const { duration = TAKES_MS, error = '' } = answer
    if (duration > timeout)
      return { took: timeout, status: 4, error: 'context deadline exceeded', isLate: true, isAnswered: false }
    const isAnswered = answer.status !== undefined || error === ''
    return {
      took: duration,
      status: answer.status ?? (isAnswered ? 0 : 14),
      error,
      isLate: false,
      isAnswered,
    }
  }

  /**
   * Reads a file from the first folder that has it; throws what the last one throws. k6 looks for what is relative in the
   * folder of the bundle, which may not be there yet: it is k6 that says what is missing.
   */
  const readFirst = ([folder, ...more]: readonly string[], file: string): void => {
    if (folder === undefined) return
    try {
      open?.(`${folder}/${file}`, 'text')
    } catch (error) {
      if (more.length === 0) throw error
      readFirst(more, file)
    }
  }

  function Client(): object {
    const client = {
      load: (folders: readonly string[], ...files: readonly string[]) => {
        for (const file of files) readFirst(folders.filter(isAbsolute), file)
        return []
      },
      loadProtoset: (file: string) => {
        if (isAbsolute(file)) open?.(file, 'binary')
        return []
      },
      connect: (address: string) => {
        addresses.set(client, address)
        return true
      },
      close: () => void addresses.delete(client),
      invoke: (method: string, message: object, params: Params = {}) => {
        const wire = call(client, method, JSON.stringify(message), params)
        const { took, status, error, isAnswered } = endOf(wire, params)
        core.clock.advance(took)
        wire.sample('grpc_req_duration', took, { status })
        return {
          status,
          message: core.filling ?? wire.answer.body ?? {},
          error: status === 0 ? null : { code: status, message: error },
          headers: {},
          trailers: isAnswered ? { 'content-type': ['application/grpc'] } : {},
        }
      },
      asyncInvoke: (method: string, message: object, params?: Params) =>
        Promise.resolve(client.invoke(method, message, params)),
      healthCheck: () => ({ status: 'SERVING' }),
    }
    return client
  }

  function Stream(client: object, method: string, params: Params = {}): object {
    const listeners: Record<string, Listener[]> = {}
    const wire = call(client, method, '', params)
    const emit = (type: string, data: unknown): void => {
      for (const listener of listeners[type] ?? [])
        listener(data, { ts: Math.floor(core.clock.now() / 1000) })
    }
    const { took, status, error, isLate } = endOf(wire, params)
    let isOver = false
    let isEnded = false
    const say = (act: () => void): void => {
      if (isEnded) return
      if (isOver) throw new core.GoError('the stream is over: k6 itself waits for ever in write() and end()')
      act()
    }
    wire.sample('grpc_streams', 1)
    core.timers.setTimeout(() => {
      const bodies = core.filling === undefined ? [wire.answer.body ?? []].flat() : [core.filling]
      for (const body of isLate ? [] : bodies) {
        wire.sample('grpc_streams_msgs_received', 1)
        emit('data', body)
      }
      wire.sample('grpc_req_duration', took, { status })
      isOver = true
      if (status !== 0) emit('error', { code: status, message: error, details: [] })
      emit('end', {})
    }, took)
    return {
      on: (type: string, listener: Listener) =>
        void (listeners[type] = [...(listeners[type] ?? []), listener]),
      write: () => say(() => wire.sample('grpc_streams_msgs_sent', 1)),
      end: () => say(() => (isEnded = true)),
    }
  }

  const statuses = STATUSES.map((name, code) => [`Status${name}`, code] as const)
  const health = (MODULES['k6/net/grpc'] ?? '').split(' ').filter((name) => name.startsWith('Health'))
  return {
    Client,
    Stream,
    ...Object.fromEntries(statuses),
    ...Object.fromEntries(health.map((name) => [name, name])),
  }
}
