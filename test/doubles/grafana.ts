import type { IncomingMessage } from 'node:http'
import { plannedFaults, startApi, type Fault, type Reply } from './api.ts'
import { joined, pairsOf, tooLong, type Pair } from './grafanaTags.ts'

/** An annotation as the API gives it. */
export interface StoredAnnotation {
  id: number
  time: number
  timeEnd: number
  tags: string[]
  text: string
  created: number
  updated: number
}

/** Grafana's roles, as far as they decide about annotations of no single dashboard. */
const MAY = {
  Editor: ['annotations:read', 'annotations:create', 'annotations:write', 'annotations:delete'],
  Viewer: ['annotations:read'],
  None: [],
} as const

/** A Grafana's annotations in this process, by the paths, bodies, errors and limits of its HTTP API; for tests. */
export async function startFakeGrafana({
  role = 'Editor',
  path = '',
}: { role?: keyof typeof MAY; path?: string } = {}) {
  const token = 'glsa_fake0123456789abcdef_01234567'
  const annotations = new Map<number, StoredAnnotation>()
  const log: string[] = []
  const orgs: (string | undefined)[] = []
  const faults = plannedFaults()
  let ids = 0
  let clock = 1_700_000_000_000

  const save = (stored: StoredAnnotation): Reply | undefined => {
    const tags = joined(pairsOf(stored.tags))
    if (tooLong(tags))
      return [400, { message: 'Failed to save annotation: tags length exceeds the maximum allowed' }]
    const [time, timeEnd] = [stored.time, stored.timeEnd].sort((a, b) => a - b) as [number, number]
    annotations.set(stored.id, { ...stored, tags, time, timeEnd, updated: ++clock })
    return undefined
  }

  const search = (asked: URLSearchParams): StoredAnnotation[] => {
    const wanted = pairsOf(asked.getAll('tags'))
    const matches = ([key, value]: Pair, [askedKey, askedValue]: Pair): boolean =>
      key === askedKey && (askedValue === '' || value === askedValue)
    // Grafana counts the tags that match any of the pairs, and wants as many as there are pairs.
    const counted = ({ tags }: StoredAnnotation): number =>
      pairsOf(tags).filter((pair) => wanted.some((one) => matches(pair, one))).length
    const [from, to] = [Number(asked.get('from')), Number(asked.get('to'))]
    return [...annotations.values()]
      .filter((one) => wanted.length === 0 || counted(one) === wanted.length)
      .filter(({ time, timeEnd }) => !(from > 0 && to > 0) || (time <= to && timeEnd >= from))
      .sort((a, b) => b.timeEnd - a.timeEnd || b.time - a.time)
      .slice(0, Number(asked.get('limit')) || 100)
  }

  const add = (body: Partial<StoredAnnotation>): Reply => {
    if (!body.text) return [400, { message: 'Failed to save annotation: text field should not be empty' }]
    const time = body.time ?? ++clock
    const made = { id: ++ids, time, timeEnd: body.timeEnd ?? time, tags: body.tags ?? [], text: body.text }
    return (
      save({ ...made, created: clock, updated: clock }) ?? [200, { id: made.id, message: 'Annotation added' }]
    )
  }

  const reply = (method: string, { pathname, searchParams }: URL, body: Partial<StoredAnnotation>): Reply => {
    const id = Number(/\/annotations\/(\d+)$/.exec(pathname)?.[1])
    const found = annotations.get(id)
    const call = `${method} ${pathname.replace(/\/\d+$/, '/:id')}`
    const action = { GET: 'read', POST: 'create', PATCH: 'write', DELETE: 'delete' }[method] ?? ''
    if (call === 'GET /api/access-control/user/permissions')
      return [200, Object.fromEntries(MAY[role].map((each) => [each, ['annotations:type:organization']]))]
    if (!pathname.startsWith('/api/annotations')) return [404, { message: 'Not found' }]
    if (!MAY[role].some((each) => each === `annotations:${action}`))
      return [
        403,
        {
          message: `You'll need additional permissions to perform this action. Permissions needed: annotations:${action}`,
        },
      ]
    if (call === 'GET /api/annotations') return [200, search(searchParams)]
    if (call === 'POST /api/annotations') return add(body)
    if (!found) return [404, { message: 'Could not find annotation to update' }]
    if (call === 'DELETE /api/annotations/:id') {
      annotations.delete(id)
      return [200, { message: 'Annotation deleted' }]
    }
    // What is empty or 0 stays as it is.
    const told = Object.entries(body).filter(([, value]) => Boolean(value))
    return save({ ...found, ...Object.fromEntries(told), id }) ?? [200, { message: 'Annotation patched' }]
  }

  const handle = async (request: IncomingMessage): Promise<Fault> => {
    const url = new URL(request.url ?? '', 'http://fake')
    const method = request.method ?? ''
    const text = Buffer.concat(await request.toArray()).toString()
    if (!url.pathname.startsWith(`${path}/api/`)) return { status: 404, body: '<html>no Grafana here</html>' }
    url.pathname = url.pathname.slice(path.length)
    const call = `${method} ${url.pathname}`
    log.push(call + url.search)
    orgs.push(request.headers['x-grafana-org-id'] as string | undefined)
    const planned = faults.take(call)
    if (planned && !planned.lost && (planned.status ?? planned.body) !== undefined) return planned
    if (call === 'GET /api/health') return { body: { database: 'ok', version: '12.1.0' }, ...planned }
    if (request.headers.authorization !== `Bearer ${token}`)
      return {
        status: 401,
        body: { message: 'Invalid API key', messageId: 'api-key.invalid', statusCode: 401 },
      }
    const [status, body] = reply(
      method,
      url,
      (text === '' ? {} : JSON.parse(text)) as Partial<StoredAnnotation>,
    )
    return { status, body, ...planned }
  }

  const server = await startApi(handle)
  const url = `${server.url}${path}`

  return {
    url,
    token,
    orgs,
    /** What is there, by time. */
    all: (): StoredAnnotation[] => [...annotations.values()].sort((a, b) => a.time - b.time || a.id - b.id),
    /** Calls so far, as `GET /api/annotations?limit=1`. */
    log,
    /** Calls so far that change something. */
    writes: () => log.filter((call) => !call.startsWith('GET ')),
    /** The environment that leads here. */
    env: { GRAFANA_URL: url, GRAFANA_TOKEN: token },
    /** Answers the next calls that begin so with a fault. */
    fault: faults.plan,
    /** Puts one there, as if somebody else had. */
    put: (body: Partial<StoredAnnotation>): Reply => add({ text: 'somebody else', ...body }),
    close: server.close,
  }
}
