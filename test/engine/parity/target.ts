import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CannedResponse } from '../../../testing/types.ts'

interface Asked {
  method: string
  url: string
  headers: Record<string, string>
  body: string
}

const pages: Record<string, CannedResponse> = {
  '/redirect': { status: 302, headers: { Location: '/a/echo?x=1', 'Set-Cookie': 'hop=1' }, body: 'moved' },
  '/redirect307': { status: 307, headers: { Location: '/a/echo' }, body: 'moved' },
  '/loop': { status: 302, headers: { Location: '/loop' } },
  '/nowhere': { status: 302 },
  '/deep': { body: { a: 'x', list: [{ n: 1 }, { n: 2 }, {}], o: { 'b.c': true } } },
}
const login: CannedResponse = {
  body: '<b>',
  headers: {
    'Set-Cookie': ['sid=abc', 'root=2; Path=/; HttpOnly; Max-Age=60'],
    'X-Multi': ['1', '2'],
    'Content-Type': 'text/html',
  },
}

/** Headers that only a real connection has. */
const transport = new Set(['Host', 'Content-Length', 'Accept-Encoding'])

/** What the parity scripts' target answers, to k6 over loopback and to the double alike. */
export function answer({ method, url, headers, body }: Asked): CannedResponse {
  const { pathname, search } = new URL(url)
  const status = /^\/status\/(\d+)$/.exec(pathname)?.[1]
  if (status !== undefined) return { status: Number(status), body: '' }
  if (pathname.endsWith('/login')) return login
  if (pages[pathname] !== undefined) return pages[pathname]
  const seen = Object.entries(headers).filter(([name]) => !transport.has(name))
  const sorted = Object.fromEntries(seen.sort(([a], [b]) => (a < b ? -1 : 1)))
  return { body: { method, url: pathname + search, headers: sorted, body } }
}

/** The same target as a server on a free port of loopback. */
export async function serve(): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const { method = '', url = '', rawHeaders } = request
      const pairs = rawHeaders.flatMap((name, index) =>
        index % 2 === 0 ? [[name, rawHeaders[index + 1]]] : [],
      )
      const asked = {
        method,
        url: `http://target${url}`,
        headers: Object.fromEntries(pairs) as Asked['headers'],
        body,
      }
      const canned = answer(asked)
      const json = typeof canned.body === 'object'
      for (const [name, value] of Object.entries(canned.headers ?? {})) response.setHeader(name, value)
      if (json) response.setHeader('Content-Type', 'application/json')
      response.writeHead(canned.status ?? 200)
      response.end(json ? JSON.stringify(canned.body) : canned.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}
