import { createHash } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { executeArchive, partsOf, readArchive, type Archive, type Line } from './cloudArchive.ts'
import {
  errorModel,
  localModel,
  pageOf,
  PROJECT,
  RUN_TOKEN,
  runModel,
  testModel,
  type Run,
} from './cloudModels.ts'
import { listen, type Ended } from './harness.ts'

/** The only token and stack that the fake knows. */
export const TOKEN = 'c10ud-5ecret-t0ken'
const STACK = '4242'

/** A request that the fake has got. */
export interface Call {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}

/** How the fake behaves. */
export interface Behaviour {
  /** How a run ends that is not really executed; `hang` never does, `aborted` is by a person. `passed` unless told. */
  outcome?: 'passed' | 'failed' | 'error' | 'aborted' | 'hang'
  /** Really executes each archive with the real k6; its requests go to this server, whatever host they name. */
  execute?: string
  /** Statuses that the first calls of a route get, by `POST start`: the method, and the last word of the path. */
  refuse?: Readonly<Record<string, readonly number[]>>
  /** The result of an aborted run; `error` unless told. */
  aborted?: 'error' | null
}

/** A fake of Grafana Cloud's API, as k6 uses it, on loopback. */
export interface Cloud {
  /** What makes k6 use it, with token, stack and project. */
  env: Record<string, string>
  calls: Call[]
  /** The calls as `POST start`, without those that only ask how a run is doing. */
  trail: () => string[]
  /** The archive that was uploaded last. */
  archive: () => Archive
  /** How the k6 that executed the last archive ended. */
  executed: () => Promise<Ended>
}

interface Answer {
  status: number
  body?: object
}

/** Starts the fake; it ends with the test file. */
export async function startCloud(behaviour: Behaviour = {}): Promise<Cloud> {
  const { outcome = 'passed', execute, refuse = {}, aborted = 'error' } = behaviour
  const refusals = new Map(Object.entries(refuse).map(([route, statuses]) => [route, [...statuses]]))
  const calls: Call[] = []
  const tests = new Map<string, { id: number; name: string }>()
  const runs = new Map<number, Run>()
  const tails = new Set<Duplex>()
  let uploaded: Buffer = Buffer.alloc(0)
  let executed: Promise<Ended> | undefined

  const enter = (run: Run, status: string, result: string | null = null, extra?: object): void => {
    if (['completed', 'aborted'].includes(run.status)) return
    Object.assign(run, { status, result })
    run.history.push({ type: status, entered: new Date().toISOString(), ...(extra ? { extra } : {}) })
  }
  const abort = (run: Run): void =>
    enter(run, 'aborted', aborted, { by_user: 'a@example.com', message: null, code: null })
  const newRun = (status: string): Run => {
    const run: Run = { id: 9000 + runs.size, status: '', result: null, history: [] }
    enter(run, 'created')
    enter(run, status)
    runs.set(run.id, run)
    return run
  }
  const execution = async (run: Run, target: string): Promise<Ended> => {
    const { lines, ...ended } = await executeArchive(uploaded, run.id, target)
    for (const socket of tails) send(socket, lines)
    const results: Readonly<Record<number, string>> = { 0: 'passed', 99: 'failed' }
    enter(run, 'completed', results[ended.code ?? -1] ?? 'error')
    return ended
  }

  const routes: Readonly<Record<string, (call: Call, id: number) => Answer>> = {
    'POST validate_options': () => ({ status: 200, body: { vuh_usage: 0.5, breakdown: {} } }),
    'POST load_tests': ({ body, headers }) => {
      const parts = partsOf(body, headers['content-type'])
      const name = parts.get('name')?.toString() ?? ''
      if (tests.has(name)) return { status: 409, body: errorModel('The name is already taken.') }
      const test = { id: 500 + tests.size, name }
      tests.set(name, test)
      uploaded = parts.get('script') ?? uploaded
      return { status: 201, body: testModel(test) }
    },
    'GET load_tests': ({ path }) => {
      const found = tests.get(new URL(path, 'http://fake').searchParams.get('name') ?? '')
      return { status: 200, body: { value: found ? [testModel(found)] : [] } }
    },
    'PUT script': ({ body }) => {
      uploaded = body
      return { status: 204 }
    },
    'POST start': () => {
      const run = newRun('running')
      if (execute !== undefined) executed = execution(run, execute)
      else if (outcome === 'aborted') abort(run)
      else if (outcome !== 'hang') enter(run, 'completed', outcome)
      return { status: 200, body: { ...runModel(run), test_run_details_page_url: pageOf(run.id) } }
    },
    'GET test_runs': (_, id) => {
      const run = runs.get(id)
      return run ? { status: 200, body: runModel(run) } : { status: 404, body: errorModel('No such run.') }
    },
    'POST abort': (_, id) => {
      const run = runs.get(id)
      if (run) abort(run)
      return { status: run ? 204 : 404 }
    },
    'POST start_local_execution': () => ({ status: 200, body: localModel(newRun('initializing').id, url) }),
    'PUT upload': ({ body }) => {
      uploaded = body
      return { status: 200 }
    },
    'POST notify': () => ({ status: 204 }),
    'POST metrics': () => ({ status: 204 }),
    'POST logs': () => ({ status: 204 }),
  }

  const answer = (call: Call): Answer => {
    const route = routeOf(call)
    const status = refusals.get(route)?.shift()
    if (status !== undefined) return { status, body: errorModel(`the fake says ${status}`) }
    return (
      unauthorized(call) ??
      routes[route]?.(call, Number(/\/(\d+)(?:\/|$)/.exec(call.path)?.[1])) ?? {
        status: 404,
        body: errorModel(`There is no ${route}.`),
      }
    )
  }
  const server = createServer((incoming, outgoing) => {
    void callOf(incoming).then((call) => {
      calls.push(call)
      const { status, body } = answer(call)
      outgoing.writeHead(status, { 'content-type': 'application/json' })
      outgoing.end(body === undefined ? '' : JSON.stringify(body))
    })
  })
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex) => {
    const { url = '', headers } = incoming
    calls.push({ method: 'TAIL', path: url, headers, body: Buffer.alloc(0) })
    tails.add(socket)
    open(incoming, socket)
    send(socket, [{ level: 'info', msg: 'a line from the cloud' }])
  })
  const url = await listen(server)
  return {
    env: {
      K6_CLOUD_HOST_V6: url,
      K6_CLOUD_LOGS_TAIL_URL: `${url.replace('http', 'ws')}/tail`,
      K6_CLOUD_TOKEN: TOKEN,
      K6_CLOUD_STACK_ID: STACK,
      K6_CLOUD_PROJECT_ID: String(PROJECT),
      K6_CLOUD_TRACES_ENABLED: 'false',
    },
    calls,
    trail: () => calls.map(routeOf).filter((route) => !['GET test_runs', 'TAIL tail'].includes(route)),
    archive: () => readArchive(uploaded),
    executed: async () => (await executed) ?? Promise.reject(new Error('nothing was executed')),
  }
}

/** A call by its method and the last word of its path that is no number. */
function routeOf({ method, path }: Call): string {
  const words = path.replace(/\?.*/s, '').split('/')
  return `${method} ${words.findLast((word) => word !== '' && !/^\d+$/.test(word)) ?? ''}`
}

/** The refusal of a call without the right token or stack; an upload has its right in its URL. */
function unauthorized({ path, headers }: Call): Answer | undefined {
  const scoped = /\/(notify|metrics|logs)$/.test(path)
  const authorization = `Bearer ${scoped ? RUN_TOKEN : TOKEN}`
  if (path.startsWith('/upload/')) return undefined
  if (headers.authorization !== authorization) return { status: 401, body: errorModel('Invalid token') }
  if (scoped || headers['x-stack-id'] === STACK) return undefined
  return { status: 403, body: errorModel('Another stack') }
}

async function callOf(incoming: IncomingMessage): Promise<Call> {
  const { method = '', url = '', headers } = incoming
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return { method, path: url, headers, body: Buffer.concat(chunks) }
}

/** Opens a WebSocket (RFC 6455). */
function open({ headers }: IncomingMessage, socket: Duplex): void {
  const key = `${headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
  const accept = createHash('sha1').update(key).digest('base64')
  socket.on('error', () => undefined)
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  )
}

/** Sends lines as the log tail does, a frame each. */
function send(socket: Duplex, lines: readonly Line[]): void {
  for (const { level, msg } of lines) {
    const stream = { level, source: 'console', lz: 'amazon:us:ashburn' }
    const values = [[`${Date.now()}000000`, msg]]
    const text = Buffer.from(JSON.stringify({ streams: [{ stream, values }], dropped_entries: [] }))
    const head = Buffer.from([0x81, 126, text.length >> 8, text.length & 255])
    if (socket.writable) socket.write(Buffer.concat([head, text]))
  }
}
