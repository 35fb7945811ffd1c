import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { once } from 'node:events'
import { WebSocketServer, type WebSocket } from 'ws'
import type { RunningPod } from './runningPod.ts'

/** What a node answers to the API server: the logs of its containers, and forwarded ports. */
export interface KubeletServer {
  readonly port: number
  close(): void
}

/** Serves the pods of a node by TLS, on all addresses of loopback and the machine's own. */
export async function startKubeletServer(
  tls: { readonly cert: string; readonly key: string },
  host: string,
  podOf: (namespace: string, name: string) => RunningPod | undefined,
): Promise<KubeletServer> {
  const server = createServer({ cert: await readFile(tls.cert), key: await readFile(tls.key) })
  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', 'https://node')
    const [, what, namespace = '', name = '', container = ''] = url.pathname.split('/')
    const pod = podOf(namespace, name)
    if (what !== 'containerLogs' || !pod) response.writeHead(404).end('There is no such pod here.')
    else void sendLog(pod, container, url.searchParams, response)
  })
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'v4.channel.k8s.io' })
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'https://node')
    const [, what, namespace = '', name = ''] = url.pathname.split('/')
    const pod = podOf(namespace, name)
    if (what !== 'portForward' || !pod) socket.end('HTTP/1.1 404 Not Found\r\n\r\n')
    else
      sockets.handleUpgrade(request, socket, head, (webSocket) =>
        forward(webSocket, pod, Number(url.searchParams.get('port') ?? url.searchParams.get('ports'))),
      )
  })
  await once(server.listen(0, host), 'listening')
  const { port } = server.address() as AddressInfo
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  return { port, close }
}

/** Sends a container's log, and with `follow` what comes, until the pod is over. */
async function sendLog(
  pod: RunningPod,
  container: string,
  parameters: URLSearchParams,
  response: ServerResponse,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/plain' })
  const path = pod.logOf(container)
  const follow = parameters.get('follow') === 'true'
  let sent = 0
  for (;;) {
    const { over } = pod
    const size = await stat(path).then(
      (found) => found.size,
      () => 0,
    )
    if (size > sent) {
      for await (const part of createReadStream(path, { start: sent, end: size - 1 })) response.write(part)
      sent = size
    }
    if (!follow || over || response.destroyed) break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  response.end()
}

/** The sub-protocol of WebSocket for forwarded ports: channel 0 carries data, 1 errors; each begins with the port. */
function forward(webSocket: WebSocket, pod: RunningPod, port: number): void {
  const number = Buffer.alloc(2)
  number.writeUInt16LE(port)
  webSocket.send(Buffer.concat([Buffer.from([0]), number]))
  webSocket.send(Buffer.concat([Buffer.from([1]), number]))
  const target = connect(port, pod.address)
  target.on('data', (data) => webSocket.send(Buffer.concat([Buffer.from([0]), data])))
  target.on('close', () => webSocket.close())
  target.on('error', (error) => webSocket.send(Buffer.concat([Buffer.from([1]), Buffer.from(error.message)])))
  webSocket.on('message', (data: Buffer) => {
    if (data[0] === 0) target.write(data.subarray(1))
  })
  webSocket.on('close', () => target.destroy())
}
