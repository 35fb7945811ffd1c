import type { Page } from 'playwright-core'
import { partsOf } from '../../../cli/import/traffic/multipart.ts'
import { fresh, htmlPage, PASSWORD, type Asked, type Said, type Site } from './site.ts'

/** A page whose script is a journey: it says `done` at its end. */
const app = (title: string, script: string, head = ''): Said => ({
  html: htmlPage(
    title,
    `${head}<p></p><script>
    const pause = () => new Promise((resolve) => setTimeout(resolve, 900))
    const ask = async (path, { method = 'GET', json, ...more } = {}) => {
      const headers = { ...(json ? { 'Content-Type': 'application/json' } : {}), ...more.headers }
      const answer = await fetch(path, { method, headers, body: json ? JSON.stringify(json) : undefined })
      const type = answer.headers.get('content-type') || ''
      return Object.assign(type.includes('json') ? await answer.json() : {}, { head: answer.headers })
    }
    ;(async () => {
      ${script}
      document.querySelector('p').textContent = 'done'
    })()</script>`,
  ),
})
const watch = async (page: Page, url: (path: string) => string): Promise<void> => {
  await page.goto(url('/'))
  await page.waitForSelector('p:text-is("done")')
}
const read = ({ body }: Asked): Record<string, unknown> => JSON.parse(body || '{}') as Record<string, unknown>

/** Applications that speak to an API. */
export const apis: readonly Site[] = [
  {
    name: 'bearer',
    visit: watch,
    answer(asked) {
      const { method, path, headers, session } = asked
      if (path === '/')
        return app(
          'Orders',
          `const { session } = await ask('/bearer/api/login', { method: 'POST', json: { email: 'ada@example.com', password: '${PASSWORD}' } })
           const headers = { Authorization: 'Bearer ' + session.accessToken }
           await pause()
           const { order } = await ask('/bearer/api/orders', { method: 'POST', headers, json: { items: [{ sku: 'A1', count: 2 }, { sku: 'B2', count: 1 }], note: 'ring twice' } })
           await ask('/bearer/api/orders/' + order.id, { headers })
           await pause()
           await ask('/bearer/api/orders/' + order.id, { method: 'PATCH', headers, json: { id: order.id, status: 'paid' } })
           await pause()
           await ask('/bearer/api/orders/' + order.id, { method: 'DELETE', headers })`,
        )
      if (path === '/api/login') {
        if (read(asked).password !== PASSWORD) return { status: 401, json: {} }
        session.token = `eyJhbGciOiJub25lIn0.${Buffer.from(fresh()).toString('base64url')}.${fresh(6)}`
        return { json: { session: { accessToken: session.token, expiresIn: 3600 } } }
      }
      if (headers.authorization !== `Bearer ${session.token ?? ''}`) return { status: 401, json: {} }
      if (method === 'POST') {
        session.order = String(Math.floor(Math.random() * 900) + 100)
        return { status: 201, json: { order: { id: Number(session.order), status: 'new' } } }
      }
      if (path !== `/api/orders/${session.order ?? ''}`) return { status: 404, json: {} }
      if (method === 'PATCH' && read(asked).id !== Number(session.order)) return { status: 409, json: {} }
      return method === 'DELETE' ? { status: 204 } : { json: { id: Number(session.order), status: 'new' } }
    },
  },
  {
    name: 'graphql',
    visit: watch,
    answer(asked) {
      const { path, headers, session } = asked
      if (path === '/')
        return app(
          'Shop',
          `const call = (operationName, query, variables, headers) => ask('/graphql/graphql', { method: 'POST', headers, json: { operationName, query, variables } })
           const { data: { login } } = await call('Login', 'mutation Login($user: String!, $password: String!) { login(user: $user, password: $password) { token } }', { user: 'ada', password: '${PASSWORD}' })
           const headers = { Authorization: 'Bearer ' + login.token }
           await pause()
           const { data: { products } } = await call('Products', \`query Products($first: Int) {
  products(first: $first) {
    id
    name
  }
}\`, { first: 3 }, headers)
           await pause()
           await call('AddToCart', 'mutation AddToCart($id: ID!) { addToCart(id: $id) { count } }', { id: products[1].id }, headers)`,
        )
      const { operationName, variables = {} } = read(asked) as {
        operationName?: string
        variables?: Record<string, string>
      }
      if (operationName === 'Login') {
        if (variables.password !== PASSWORD) return { json: { errors: [{ message: 'wrong' }] } }
        session.token = fresh(16)
        return { json: { data: { login: { token: session.token } } } }
      }
      if (headers.authorization !== `Bearer ${session.token ?? ''}`)
        return { json: { errors: [{ message: 'log in first' }] } }
      if (operationName === 'Products') {
        session.second = `prod_${fresh(6)}`
        const ids = [`prod_${fresh(6)}`, session.second, `prod_${fresh(6)}`]
        return { json: { data: { products: ids.map((id) => ({ id, name: 'Thing' })) } } }
      }
      return variables.id === session.second
        ? { json: { data: { addToCart: { count: 1 } } } }
        : { status: 400, json: { errors: [{ message: 'no such product' }] } }
    },
  },
  {
    name: 'cursors',
    visit: watch,
    answer({ path, query, session }) {
      if (path === '/')
        return app(
          'Feed',
          `let next = '/cursors/api/items?limit=2'
           for (let count = 0; count < 3 && next; count++) { const page = await ask(next); next = page.next; await pause() }
           const first = await ask('/cursors/api/latest')
           await ask('/cursors/api/latest?after=' + encodeURIComponent(first.meta.cursor) + '&limit=2')`,
        )
      const after = query.get('after') ?? ''
      if (path === '/api/latest') {
        if (after !== '' && after !== session.latest) return { status: 400, json: {} }
        session.latest = `${fresh(5)}+/=`
        return { json: { items: [{ id: fresh(4) }], meta: { cursor: session.latest } } }
      }
      const cursor = query.get('cursor') ?? ''
      if (cursor !== (session.cursor ?? '')) return { status: 400, json: {} }
      session.cursor = Buffer.from(fresh(9)).toString('base64url')
      return {
        json: { items: [{ id: fresh(4) }], next: `/cursors/api/items?limit=2&cursor=${session.cursor}` },
      }
    },
  },
  {
    name: 'lazy',
    visit: watch,
    answer(asked) {
      const { method, path, headers, session } = asked
      if (path === '/') {
        session.boot = fresh()
        return app(
          'Board',
          `const boot = JSON.parse(document.querySelector('#boot').textContent)
           const headers = { 'X-App-Token': boot.appToken }
           const [me, boards] = await Promise.all([ask('/lazy/api/me', { headers }), ask('/lazy/api/boards', { headers }), ask('/lazy/api/flags?_=' + Date.now(), { headers })])
           await pause()
           await ask('/lazy/api/boards/' + boards[0].id + '/cards', { method: 'POST', headers: { ...headers, 'Idempotency-Key': crypto.randomUUID() }, json: { owner: me.userId, title: 'Write tests', at: new Date().toISOString() } })`,
          `<script id="boot" type="application/json">{"release":"2.1.0","appToken":"${session.boot}"}</script>`,
        )
      }
      if (headers['x-app-token'] !== session.boot) return { status: 401, json: {} }
      if (path === '/api/me') return { json: { userId: (session.me ??= fresh(8)), name: 'Ada' } }
      if (path === '/api/flags') return { json: { dark: true } }
      if (path === '/api/boards')
        return { json: [{ id: (session.board ??= `b-${fresh(5)}`), name: 'Sprint' }] }
      const { owner } = read(asked)
      const own = path === `/api/boards/${session.board ?? ''}/cards` && owner === session.me
      const key = String(headers['idempotency-key'])
      if (method !== 'POST' || !own || seen.has(key)) return { status: 409, json: {} }
      seen.add(key)
      return { status: 201, json: { card: { id: fresh(6) } } }
    },
  },
  {
    name: 'socket',
    visit: watch,
    answer({ path, query, headers, body, session }) {
      if (path === '/')
        return app(
          'Chat',
          `const { room } = await ask('/socket/api/room')
           const said = ['{"type":"hello"}', JSON.stringify({ type: 'join', room: room.key }), '42["say",{"text":"hi"}]']
           await new Promise((resolve) => {
             const ws = new WebSocket(location.origin.replace('http', 'ws') + '/socket/ws?room=' + room.key)
             ws.onopen = ws.onmessage = () => said.length > 0 ? ws.send(said.shift()) : resolve(ws.close())
           })
           await ask('/socket/api/history?room=' + room.key)
           await pause()
           while ((await ask('/socket/api/export/' + room.key)).status !== 'done') await pause()
           const form = new FormData()
           form.append('room', room.key)
           form.append('text', 'Häuser')
           await fetch('/socket/api/notes', { method: 'POST', body: form })`,
        )
      if (path === '/api/room') return { json: { room: { key: (session.room = fresh(7)) } } }
      if (path === `/api/export/${session.room ?? ''}`) {
        const asked = Number(session.asked ?? 0) + 1
        session.asked = String(asked % 3)
        return { json: { status: asked < 3 ? 'running' : 'done' } }
      }
      if (path === '/api/notes') {
        const fields = partsOf(headers['content-type'] ?? '', Buffer.from(body, 'latin1').toString())
        const [room, text] = fields.map(({ value }) => value)
        return room === session.room && text === 'Häuser' ? { json: { ok: true } } : { status: 400, json: {} }
      }
      if (path === '/api/history')
        return query.get('room') === session.room ? { json: { messages: [] } } : { status: 404, json: {} }
      return undefined
    },
  },
  {
    name: 'double-submit',
    visit: watch,
    answer({ method, path, headers, cookies, session }) {
      if (path === '/')
        return {
          ...app(
            'Settings',
            `const token = decodeURIComponent(/XSRF-TOKEN=([^;]+)/.exec(document.cookie)[1])
             await ask('/double-submit/api/settings', { method: 'PUT', headers: { 'X-XSRF-TOKEN': token }, json: { theme: 'dark' } })`,
          ),
          headers: {
            'set-cookie': `XSRF-TOKEN=${encodeURIComponent((session.xsrf = `${fresh()}+/==`))}; Path=/double-submit`,
          },
        }
      const right = decodeURIComponent(cookies['XSRF-TOKEN'] ?? '') === session.xsrf
      if (method !== 'PUT' || !right || headers['x-xsrf-token'] !== session.xsrf)
        return { status: 419, json: {} }
      return { json: { theme: 'dark' } }
    },
  },
  {
    name: 'versions',
    visit: watch,
    answer({ method, path, headers, session }) {
      if (path === '/')
        return app(
          'Documents',
          `const made = await ask('/versions/api/documents', { method: 'POST', json: { title: 'Plan' } })
           await pause()
           const read = await ask(made.head.get('location'))
           await ask(made.head.get('location'), { method: 'PUT', headers: { 'If-Match': read.head.get('etag') }, json: { title: 'Plan B' } })
           await ask('/versions/api/documents/none')`,
        )
      if (method === 'POST') {
        session.id = crypto.randomUUID()
        return { status: 201, json: {}, headers: { location: `/versions/api/documents/${session.id}` } }
      }
      if (path === '/api/documents/none') return { status: 404, json: { problem: 'none' } }
      if (path !== `/api/documents/${session.id ?? ''}`) return { status: 404, json: {} }
      if (method === 'PUT')
        return headers['if-match'] === session.tag ? { json: { title: 'Plan B' } } : { status: 412, json: {} }
      return { json: { title: 'Plan' }, headers: { etag: (session.tag = `"${fresh(6)}"`) } }
    },
  },
]

const seen = new Set<string>()
