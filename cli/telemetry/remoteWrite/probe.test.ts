import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { decodeWrite } from '../../prometheus/index.ts'
import { probe, queryUrl } from './probe.ts'
import { targetOf } from './target.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

interface Kind {
  write?: (names: readonly string[]) => { status: number; text?: string }
  /** Answers queries with what was written; `gauge` alone drops histograms; a number is a status. */
  query?: 'all' | 'gauge' | number
}

/** A server that keeps the last probe that it took. */
async function serverOf(
  { write = () => ({ status: 204 }), query = 404 }: Kind,
  path = '/api/v1/write',
): Promise<string> {
  let seconds = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (request.method === 'POST') {
        const pushed = decodeWrite(Buffer.concat(chunks))
        const { status, text } = write(pushed.map(({ name }) => name))
        if (status < 300) seconds = pushed[0]!.samples[0]!.value
        response.writeHead(status).end(text)
        return
      }
      if (typeof query === 'number') {
        response.writeHead(query).end('?')
        return
      }
      const gauge = { metric: { __name__: 'loadwright_probe' }, value: [seconds, String(seconds)] }
      const histogram = {
        metric: { __name__: 'loadwright_probe_seconds' },
        histogram: [seconds, { count: '1', sum: String(seconds) }],
      }
      const result = query === 'gauge' ? [gauge] : [gauge, histogram]
      response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }))
    })
  })
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
}
/** Milliseconds for servers that answer at once: only what hangs takes them. */
const PATIENCE_MS = 50_000
const probed = async (kind: Kind, path?: string) =>
  probe(targetOf({ url: await serverOf(kind, path), env: {} })!, PATIENCE_MS)

test('a server that takes and shows both', async () => {
  expect(await probed({ query: 'all' })).toEqual({ state: 'ok', histograms: 'native', read: true })
  expect(await probed({ query: 'all' }, '/api/v1/push')).toMatchObject({ read: true })
})

test('a server that shows nothing is taken at its word', async () => {
  for (const query of [401, 404, 500])
    expect(await probed({ query })).toEqual({ state: 'ok', histograms: 'native', read: false })
  expect(await probed({ query: 'all' }, '/elsewhere')).toEqual({
    state: 'ok',
    histograms: 'native',
    read: false,
  })
})

test('a server that drops histograms without an error gets the classic form', async () => {
  expect(await probed({ query: 'gauge' })).toMatchObject({ state: 'ok', histograms: 'classic', read: true })
})

test('a server that refuses histograms gets the classic form', async () => {
  const write = (names: readonly string[]) =>
    names.length > 1 ? { status: 500, text: 'native histograms are disabled' } : { status: 204 }
  expect(await probed({ write })).toMatchObject({ state: 'ok', histograms: 'classic' })
})

test('credentials, another URL, trouble', async () => {
  const of = (status: number) => probed({ write: () => ({ status }) })
  expect(await of(401)).toMatchObject({ state: 'refused' })
  expect(await of(404)).toMatchObject({ state: 'refused' })
  expect(await of(503)).toMatchObject({ state: 'unreachable' })
  const gone = targetOf({ url: 'http://127.0.0.1:1', env: {} })!
  expect(await probe(gone)).toEqual({
    state: 'unreachable',
    problem: 'http://127.0.0.1:1/api/v1/write does not answer (ECONNREFUSED)',
  })
})

test('a server that does not answer is given up', async () => {
  const server = createServer(() => undefined)
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  expect(await probe(targetOf({ url, env: {} })!, 50)).toMatchObject({ state: 'unreachable' })
})

test.each([
  ['http://p:9090/api/v1/write', 'http://p:9090/api/v1/query'],
  ['http://p/prom/api/v1/write?a=b', 'http://p/prom/api/v1/query'],
  ['https://m/api/v1/push', 'https://m/prometheus/api/v1/query'],
  ['https://g.grafana.net/api/prom/push', 'https://g.grafana.net/api/prom/api/v1/query'],
  ['http://p/other', undefined],
])('%s answers queries at %s', (write, query) => {
  expect(queryUrl(write)?.href).toBe(query)
})
