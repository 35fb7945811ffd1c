import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Access } from '../../../cli/distributed/kubernetes/api/access.ts'
import { apiOf } from '../../../cli/distributed/kubernetes/api/api.ts'
import type { Cluster } from '../../../cli/distributed/kubernetes/cluster.ts'
import { labelsOf } from '../../../cli/distributed/kubernetes/render/about.ts'
import { PART } from '../../../cli/distributed/kubernetes/render/testRun.ts'
import type { Pod } from '../../../cli/distributed/kubernetes/run/runners.ts'
import { specProblems } from './schemaProblems.ts'

/** An object as the API server keeps it. */
export interface Kept {
  apiVersion?: string
  kind?: string
  metadata: {
    name: string
    uid?: string
    labels?: Record<string, string>
    annotations?: Record<string, string>
    creationTimestamp?: string
  }
  spec?: { parallelism?: number; template?: { metadata?: Record<string, unknown> } }
  data?: Record<string, string>
  status?: object
}

/** A stand-in of a cluster's API server, with what plays the operator and the nodes written by a test. */
export interface FakeCluster {
  readonly cluster: Cluster
  readonly url: string
  /** Every object by plural and name, as it is now. */
  readonly objects: Map<string, Kept>
  /** The methods and paths that were asked for. */
  readonly asked: string[]
  /** Answers a request otherwise, where it gives a status; undefined as usual. 0 breaks the connection, after it was done. */
  refuse: (asked: string) => number | undefined
  /** Makes or changes a pod. */
  pod(pod: Pod): void
  /** What a pod's container has written. */
  readonly logs: Map<string, string>
  /** Where a pod's port leads to on this machine. */
  readonly ports: Map<string, number>
  close(): Promise<void>
}

/** What a test plays: told of each object that is made. */
export type Play = (fake: FakeCluster, made: Kept) => void

/** Starts a stand-in; `play` acts for the operator and the nodes. */
export async function startCluster(play: Play = () => undefined): Promise<FakeCluster> {
  const objects = new Map<string, Kept>()
  const [logs, ports] = [new Map<string, string>(), new Map<string, number>()]
  const asked: string[] = []
  let uids = 0
  const server = createServer((request, response) => {
    void answer(request, response)
  })
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'v4.channel.k8s.io' })
  sockets.on('connection', (socket, { url }) => {
    const [, pod = '', port = ''] = /\/pods\/([^/]+)\/portforward\?ports=(\d+)$/.exec(url ?? '') ?? []
    asked.push(`FORWARD ${pod}:${port}`)
    forward(socket, Number(port), ports.get(`${pod}:${port}`) ?? 1)
  })

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET' } = request
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://cluster')
    asked.push(`${method} ${pathname}`)
    let text = ''
    for await (const part of request.setEncoding('utf8')) text += part as string
    const refused = fake.refuse(`${method} ${pathname}`)
    const send = (status: number, body: unknown): void => {
      if (refused === 0) {
        request.socket.destroy()
        return
      }
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    }
    if (refused !== undefined && refused > 0) {
      send(refused, { message: 'not now' })
      return
    }
    const [, plural = '', name, sub] =
      /\/namespaces\/[^/]+\/([a-z]+)(?:\/([^/]+))?(?:\/([a-z]+))?$/.exec(pathname) ?? []
    const key = `${plural}/${name ?? ''}`
    if (sub === 'log') {
      send(logs.has(name ?? '') ? 200 : 404, logs.get(name ?? '') ?? { message: 'no pod' })
      return
    }
    if (method === 'GET' && name === undefined) {
      send(200, { items: listed(plural, searchParams) })
      return
    }
    if (method === 'GET') {
      send(objects.has(key) ? 200 : 404, objects.get(key) ?? { message: 'not found' })
      return
    }
    if (method === 'DELETE') {
      const { preconditions } = JSON.parse(text) as { preconditions?: { uid?: string } }
      const isOther = objects.has(key) && objects.get(key)?.metadata.uid !== preconditions?.uid
      send(isOther ? 409 : objects.delete(key) ? 200 : 404, {})
      return
    }
    const made = JSON.parse(text) as Kept
    const at = `${plural}/${made.metadata.name}`
    if (method === 'POST' && objects.has(at)) {
      send(409, { message: 'already exists' })
      return
    }
    const problems = plural === 'testruns' ? specProblems(made.spec) : []
    if (problems.length > 0) {
      send(400, { message: problems.join('; ') })
      return
    }
    made.metadata.creationTimestamp = new Date().toISOString()
    made.metadata.uid = `uid-${++uids}`
    objects.set(at, made)
    send(201, made)
    play(fake, made)
  }
  const listed = (plural: string, query: URLSearchParams): Kept[] => {
    const wanted = (query.get('labelSelector') ?? '').split(',').map((pair) => pair.split('=', 2))
    return [...objects].flatMap(([key, one]) =>
      key.startsWith(`${plural}/`) &&
      wanted.every(([label = '', value]) => one.metadata.labels?.[label] === value)
        ? [one]
        : [],
    )
  }
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const access: Access = { server: new URL(url), namespace: 'load', options: () => Promise.resolve({}) }
  const fake: FakeCluster = {
    cluster: { access, api: apiOf(access) },
    url,
    objects,
    asked,
    refuse: () => undefined,
    logs,
    ports,
    pod: (pod) => void objects.set(`pods/${pod.metadata.name}`, pod as Kept),
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
  return fake
}

/** Carries a forwarded port as the kubelet does: on each of two channels first the port, then bytes. */
function forward(socket: WebSocket, port: number, to: number): void {
  const head = Buffer.alloc(3)
  head.writeUInt16LE(port, 1)
  socket.send(head)
  socket.send(Buffer.concat([Buffer.from([1]), head.subarray(1)]))
  const target = connect(to, '127.0.0.1')
  socket.on('message', (data: Buffer) => target.write(data.subarray(1)))
  socket.on('close', () => target.destroy())
  target.on('data', (part: Buffer) => socket.send(Buffer.concat([Buffer.from([0]), part])))
  target.on('error', ({ message }) => {
    socket.send(Buffer.concat([Buffer.from([1]), Buffer.from(message)]))
  })
  target.on('close', () => socket.close())
}

/** A runner's pod, in a state that its `status` says, as the operator makes it of the test's TestRun. */
export const runnerPod = (test: string, id: number, status: NonNullable<Pod['status']>): Pod =>
  podOf(test, `${test}-${id}`, { runner: 'true' }, status)

/** The pod of a runner that makes one part of a load: the only one of its TestRun. */
export const partPod = (test: string, part: number, status: NonNullable<Pod['status']>): Pod => {
  const labels = { runner: 'true', k6_cr: `${test}-${part}`, [PART]: String(part) }
  return podOf(test, `${test}-${part}-1`, labels, status)
}

/** A pod of the operator's, which has the labels that a TestRun gives it. */
export const podOf = (
  test: string,
  job: string,
  labels: Record<string, string>,
  status: NonNullable<Pod['status']>,
): Pod => ({
  metadata: {
    name: `${job}-x7k2p`,
    labels: { ...labelsOf(test), app: 'k6', k6_cr: test, 'batch.kubernetes.io/job-name': job, ...labels },
  },
  spec: { containers: [{ name: 'k6', resources: { limits: { memory: '256Mi' } } }] },
  status,
})

/** The state of a pod whose k6 runs, and of one whose k6 has ended. */
export const RUNNING: NonNullable<Pod['status']> = {
  phase: 'Running',
  containerStatuses: [{ name: 'k6', state: { running: {} } }],
}
export const ended = (exitCode: number, reason = 'Completed'): NonNullable<Pod['status']> => ({
  phase: exitCode === 0 ? 'Succeeded' : 'Failed',
  containerStatuses: [
    { name: 'k6', state: { terminated: { exitCode, reason, finishedAt: new Date().toISOString() } } },
  ],
})
