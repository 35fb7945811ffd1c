import { createServer, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { UserError } from '../../base/index.ts'
import { liveRefusal } from './guard.ts'
import { makeStream } from './stream.ts'

/** What a live page shows, and where. */
export interface LiveOptions {
  /** The page, as HTML; it listens to `events` beside it. */
  page: string
  /** Makes the complete ReportData for the page. Called once for all viewers, and only if there are any. */
  data: () => unknown
  /** Milliseconds between two messages; 2000 unless told. */
  every?: number
  /** The port on 127.0.0.1; a free one unless told. */
  port?: number
  /** Says a line to the person who waits. */
  say?: (line: string) => void
}

/** A page that follows a run. */
export interface Live {
  url: string
  /** Sends what has changed now, not at the next tick. */
  update(): void
  /** Sends the last state and ends, whoever still listens. */
  close(): Promise<void>
}

const MAX_LISTENERS = 8
/** Milliseconds that those who listen have to read the last message. */
const GRACE_MS = 500

/**
 * Serves a run's page on loopback while it runs: `/` is the page, `/events` its data as server-sent events, `event: end`
 * the last of them. Throws UserError where the port is taken.
 */
export async function startLive({ page, data, every = 2000, port = 0, say }: LiveOptions): Promise<Live> {
  const onProblem = (problem: string): void => say?.(`the live page cannot be kept up to date: ${problem}`)
  const stream = makeStream({ data, every, most: MAX_LISTENERS, onProblem })
  const server = createServer((request, response) => {
    const refusal = liveRefusal(request)
    const path = (request.url ?? '').split('?', 1)[0]
    if (refusal) answer(response, refusal.status, refusal.text)
    else if (path === '/') answer(response, 200, page, 'text/html')
    else if (path !== '/events') answer(response, 404, 'there is / and /events')
    // 204 tells a page not to come again (HTML standard, server-sent events).
    else if (!stream.add(response)) answer(response, ending ? 204 : 503, '')
  })
  let ending = false
  await listening(server, port)
  server.unref()
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    update: () => stream.update(),
    async close() {
      ending = true
      await stream.end()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS)
      await closed
      clearTimeout(timer)
    },
  }
}

function answer(response: ServerResponse, status: number, text: string, type = 'text/plain'): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    connection: 'close',
    ...(status === 405 ? { allow: 'GET' } : {}),
  })
  response.end(text)
}

async function listening(server: Server, port: number): Promise<void> {
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new UserError(
      code === 'EADDRINUSE'
        ? `--live: got port ${port}, which is in use; allowed: a free port, or none to take any`
        : `the live page cannot be served: ${message}`,
    )
  }
}
