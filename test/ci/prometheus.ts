import { createServer } from 'node:http'
import { listen } from '../engine/harness.ts'

/** What answers as a Prometheus does, of two versions of a shop. */
export interface Prometheus {
  readonly url: string
  /** How many times as long as the stable version the canary takes. */
  canary: number
}

/** Answers each question with a p95 around 200 ms, with a noise of 1 % that is the same each time. */
export async function prometheus(): Promise<Prometheus> {
  let asked = 0
  const server = createServer((request, answer) => {
    void request.toArray().then((parts: Buffer[]) => {
      const query = new URLSearchParams(Buffer.concat(parts).toString()).get('query') ?? ''
      const factor = query.includes('"canary"') ? made.canary : 1
      const value = String(0.2 * factor * (1 + 0.01 * Math.sin(++asked * 1.7)))
      const result = [{ metric: {}, value: [Date.now() / 1000, value] }]
      answer.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }))
    })
  })
  const made: Prometheus = { url: await listen(server), canary: 1 }
  return made
}
