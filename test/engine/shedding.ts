import { createServer, request } from 'node:http'
import { listen } from './harness.ts'

/** A proxy in front of a target that sheds load as ngrok does: after some requests it answers itself. */
export async function shedding(target: string, most: number): Promise<string> {
  let seen = 0
  const { hostname, port } = new URL(target)
  const proxy = createServer((incoming, outgoing) => {
    if (++seen > most) {
      outgoing.writeHead(429, { 'ngrok-error-code': 'ERR_NGROK_734', 'content-type': 'text/plain' })
      outgoing.end('too many requests')
      return
    }
    const { url: path, method, headers } = incoming
    const onward = request({ hostname, port, path, method, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers)
      response.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  return listen(proxy)
}
