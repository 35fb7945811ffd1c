import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** The REST API of a k6 that waits for its release, as far as a start asks for it. */
export interface PausedK6 {
  readonly port: number
  /** What it was asked for, in turn: `PATCH status {"paused":false}`. */
  readonly asked: string[]
}

/** Plays the REST API of a k6 until the test has finished; `setup` is what its script's `setup` returns, or fails with. */
export async function pausedK6(setup: { data?: unknown; failed?: string } = {}): Promise<PausedK6> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    void (async () => {
      let text = ''
      for await (const part of request.setEncoding('utf8')) text += part as string
      const { method = '', url = '' } = request
      const given = method === 'PATCH' ? attributesIn(text) : text
      asked.push(`${method} ${url.replace('/v1/', '')}${given === '' ? '' : ` ${given}`}`)
      const isFailed = method === 'POST' && setup.failed !== undefined
      response.writeHead(isFailed ? 500 : 200, { 'content-type': 'application/json' })
      response.end(
        JSON.stringify(
          isFailed ? { errors: [{ detail: setup.failed }] } : { data: { attributes: { data: setup.data } } },
        ),
      )
    })()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, asked }
}

const attributesIn = (text: string): string =>
  JSON.stringify((JSON.parse(text) as { data: { attributes: object } }).data.attributes)
