import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** What a stand-in answers in the place of its own answer. */
export interface Fault {
  status?: number
  headers?: Record<string, string>
  /** Sent as it is if it is a text, else as JSON. */
  body?: unknown
  /** Milliseconds before the answer. */
  delay?: number
  /** Does what was asked, and breaks the connection: the answer is lost. */
  lost?: true
}

/** An answer: status and what is sent as JSON. */
export type Reply = readonly [status: number, body: unknown]

/** Faults that a stand-in was told to answer with, the next times that a call begins so. */
export function plannedFaults() {
  const faults: { call: string; fault: Fault; times: number }[] = []
  return {
    plan: (call: string, fault: Fault, times = 1) => void faults.push({ call, fault, times }),
    take(call: string): Fault | undefined {
      const planned = faults.find((one) => one.times > 0 && call.startsWith(one.call))
      if (planned) planned.times -= 1
      return planned?.fault
    },
  }
}

/** An API in this process, on a free port of loopback; for tests. */
export async function startApi(handle: (request: IncomingMessage) => Promise<Fault>) {
  const server = createServer((request, response) => {
    void handle(request).then(async ({ status = 200, headers = {}, body = '', delay = 0, lost }) => {
      await wait(delay)
      if (lost) return void response.destroy()
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
