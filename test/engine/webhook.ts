import { createServer } from 'node:http'
import { listen } from './harness.ts'

/** A webhook, and what it was told at which path. */
export interface Webhook {
  readonly url: string
  readonly told: { readonly path: string | undefined; readonly body: Record<string, unknown> }[]
}

/** A webhook on loopback that takes everything, until the test file ends. */
export async function webhook(): Promise<Webhook> {
  const told: Webhook['told'] = []
  const url = await listen(
    createServer((asked, answer) => {
      void asked.toArray().then((parts: Buffer[]) => {
        const body = JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>
        told.push({ path: asked.url, body })
        answer.end('ok')
      })
    }),
  )
  return { url, told }
}
