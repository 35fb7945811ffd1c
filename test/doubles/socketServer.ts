import { createServer, type IncomingMessage, type Server } from 'node:http'
import { WebSocketServer } from 'ws'

/** A server that takes sockets alone, and answers no request; `/late` is taken after two seconds. */
export function socketServer(): { server: Server; handshakes: IncomingMessage[] } {
  const handshakes: IncomingMessage[] = []
  const server = createServer()
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, stream, head) => {
    const take = (): void =>
      sockets.handleUpgrade(request, stream, head, (ws) => sockets.emit('connection', ws, request))
    setTimeout(take, request.url === '/late' && request.headers['sec-websocket-key'] ? 2000 : 0)
  })
  sockets.on('connection', (ws, request) => {
    handshakes.push(request)
    ws.on('message', (data, binary) => {
      if (request.url === '/cut') ws.terminate()
      else if (request.url === '/bare') ws.close()
      else if (request.url === '/named') ws.close(4001)
      else ws.send(data, { binary })
    })
  })
  return { server, handshakes }
}
