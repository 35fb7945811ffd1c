import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Page } from 'playwright-core'
import { WebSocketServer } from 'ws'

/** What a site knows of one visitor. */
export type Session = Partial<Record<string, string>>

/** A request, as a site sees it. */
export interface Asked {
  method: string
  /** Below the site's own prefix. */
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  body: string
  form: URLSearchParams
  cookies: Readonly<Record<string, string>>
  /** The visitor's, by a cookie that the site sets itself. */
  session: Session
}

/** An answer: a page, JSON, or what else there is. */
export interface Said {
  status?: number
  html?: string
  json?: unknown
  text?: string
  headers?: Record<string, string | string[]>
}

/** A site that is recorded, and then tried by the journey that was made of it. */
export interface Site {
  name: string
  /** Answers a request; undefined for what is not there. */
  answer: (asked: Asked) => Said | undefined
  /** What a person does there; `path` is below the site's prefix. */
  visit: (page: Page, url: (path: string) => string) => Promise<void>
}

/** What each site takes for its visitor's password. */
export const PASSWORD = 'correct-Horse-9'

/** A value that nobody can guess, and that is another one each time. */
export const fresh = (bytes = 12): string => randomBytes(bytes).toString('hex')

/** A page of HTML with a title and a heading. */
export const htmlPage = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1>${body}</body></html>`

/** Sites that are served. */
export interface Served {
  server: Server
  /** Requests that one of them did not take. */
  refused: string[]
  /** What forms with files carried, by their types, whose boundaries are all different: no browser tells it. */
  bodies: ReadonlyMap<string, string>
}

/** Serves sites, each below a prefix of its name. */
export function serve(sites: readonly Site[]): Served {
  const refused: string[] = []
  const bodies = new Map<string, string>()
  const sessions = new Map<string, Session>()
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('latin1').on('data', (text: string) => (body += text))
    request.on('end', () => {
      const { url = '/', method = 'GET', headers } = request
      const type = headers['content-type'] ?? ''
      if (type.startsWith('multipart/')) bodies.set(type, Buffer.from(body, 'latin1').toString())
      const { pathname, searchParams } = new URL(url, 'http://site')
      const [, name = '', ...rest] = pathname.split('/')
      const site = sites.find((one) => one.name === name)
      const cookies = Object.fromEntries(
        (headers.cookie ?? '').split('; ').map((one) => one.split(/=(.*)/s).slice(0, 2) as [string, string]),
      )
      const id = cookies[`${name}-visit`] ?? fresh()
      const session = sessions.get(id) ?? {}
      sessions.set(id, session)
      const asked: Asked = {
        method,
        path: `/${rest.join('/')}`,
        query: searchParams,
        headers,
        body,
        form: new URLSearchParams(body),
        cookies,
        session,
      }
      const said = site?.answer(asked) ?? { status: 404, text: 'not found' }
      if ((said.status ?? 200) >= 400 && !pathname.includes('favicon'))
        refused.push(`${method} ${url} ${said.status ?? 200}`)
      say(response, said, site === undefined ? [] : [`${name}-visit=${id}; Path=/${name}; HttpOnly`])
    })
  })
  // A socket says each text again.
  new WebSocketServer({ server }).on('connection', (socket) =>
    socket.on('message', (data) => socket.send((data as Buffer).toString())),
  )
  return { server, refused, bodies }
}

function say(response: ServerResponse, said: Said, cookies: readonly string[]): void {
  const { status = 200, html, json, text = '', headers = {} } = said
  const type =
    html !== undefined ? 'text/html; charset=utf-8' : json !== undefined ? 'application/json' : 'text/plain'
  const own = headers['set-cookie'] ?? []
  response.writeHead(status, {
    'content-type': type,
    ...headers,
    'set-cookie': [...cookies, ...(Array.isArray(own) ? own : [own])],
  })
  response.end(html ?? (json === undefined ? text : JSON.stringify(json)))
}
