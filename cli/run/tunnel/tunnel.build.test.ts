import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openCloudflared } from './cloudflared.ts'
import { tunnelSpec } from '../../project/index.ts'
import { openTunnel } from './open.ts'
import { quotaWarnings } from './quotas.ts'
import { untilReached } from './marker.ts'
import { openNgrok } from './ngrok.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadwright-tunnel-'))
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  servers.push(server)
  await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const shop: RequestListener = (_, response) =>
  response.writeHead(200, { 'content-type': 'text/html' }).end('shop')
const never = new AbortController().signal

test.each([
  ['ngrok', { kind: 'ngrok' }],
  ['cloudflared', { kind: 'cloudflared' }],
  ['https://a.ngrok-free.app/', { kind: 'url', url: 'https://a.ngrok-free.app' }],
])('--tunnel %s', (text, expected) => {
  expect(tunnelSpec(text)).toEqual(expected)
})

test.each([
  ['ngrokk', /got "ngrokk"; allowed: ngrok, cloudflared.*Did you mean "ngrok"/],
  ['ftp://x/y', /got "ftp:\/\/x\/y"; allowed: .*http or https URL/],
])('--tunnel %s is refused', (text, expected) => {
  expect(() => tunnelSpec(text)).toThrow(expected)
})

const small = { requests: 100, rate: 1, vus: 5, seconds: 60 }
test.each([
  ['ngrok', small, []],
  ['ngrok', { ...small, requests: 6000 }, [/30 % of what ngrok/]],
  [
    'ngrok',
    { requests: 30_000, rate: 100, vus: 5, seconds: 300 },
    [/ERR_NGROK_727/, /6000 requests a minute.*ERR_NGROK_734/],
  ],
  ['https://x.ngrok-free.dev', { ...small, requests: 30_000 }, [/20000 a month/]],
  ['cloudflared', { ...small, vus: 300 }, [/300 VUs.*200 requests at once/]],
  ['https://a-b.trycloudflare.com', { ...small, vus: 300 }, [/429/]],
  ['http://127.0.0.1:9', { requests: 1e6, rate: 1e4, vus: 1e4, seconds: 9 }, []],
])('what %s would not carry of %j is said', (text, planned, expected) => {
  const said = quotaWarnings(tunnelSpec(text), planned)
  expect(said).toHaveLength(expected.length)
  expected.forEach((pattern, index) => {
    expect(said[index]).toMatch(pattern)
  })
})

test('an open tunnel is taken as it is, once it answers as the target does', async () => {
  const target = await serve(shop)
  let calls = 0
  const url = await serve((request, response) => {
    calls += 1
    if (calls > 1) {
      shop(request, response)
      return
    }
    response
      .writeHead(404, { 'ngrok-error-code': 'ERR_NGROK_3200', 'content-type': 'text/html' })
      .end('offline')
  })
  const said: string[] = []
  const tunnel = await openTunnel(tunnelSpec(url), { target, signal: never, say: (line) => said.push(line) })
  expect([tunnel.url, calls]).toEqual([url, 2])
  expect(said.join('\n')).toContain(url)
  await tunnel.close()
})

test('without a target behind it a tunnel is not waited for', async () => {
  await expect(untilReached('http://127.0.0.1:1', 'http://127.0.0.1:1', never)).rejects.toThrow(
    'the target http://127.0.0.1:1 does not answer, so there is nothing behind the tunnel',
  )
})

test('waiting ends with an interrupt', async () => {
  const target = await serve(shop)
  const controller = new AbortController()
  const url = await serve((_, response) => response.writeHead(530, { server: 'cloudflare' }).end())
  setTimeout(() => controller.abort(new Error('stop')), 50)
  await expect(untilReached(url, target, controller.signal)).rejects.toThrow()
})

/** A program that stands in for cloudflared, and says its process id where it is asked to. */
function program(script: string): string {
  const path = join(folder, `cloudflared-${Math.random().toString(36).slice(2)}`)
  writeFileSync(path, `#!/usr/bin/env node\n${script}`)
  chmodSync(path, 0o755)
  return path
}

test('cloudflared’s URL is read from its log, and closing ends it', async () => {
  const log = [
    '2026-11-21T00:00:00Z INF Thank you for trying Cloudflare Tunnel.',
    '2026-11-21T00:00:01Z INF |  Your quick Tunnel has been created! Visit it at (it may take some time to be reachable):  |',
    '2026-11-21T00:00:01Z INF |  https://some-words-here.trycloudflare.com  |',
  ]
  const binary = program(
    `process.stderr.write(${JSON.stringify(log.join('\n') + '\n')}); process.stderr.write('pid ' + process.pid); setInterval(() => {}, 1000)`,
  )
  const tunnel = await openCloudflared('http://127.0.0.1:9', never, binary)
  expect(tunnel.url).toBe('https://some-words-here.trycloudflare.com')
  await tunnel.close()
  await tunnel.close()
})

test('a cloudflared that is missing, or ends, is told in one sentence', async () => {
  await expect(openCloudflared('http://127.0.0.1:9', never, join(folder, 'none'))).rejects.toThrow(
    /^--tunnel cloudflared: cloudflared was not found\. Install it from/,
  )
  const binary = program(
    `process.stderr.write('ERR failed to request quick Tunnel: 429\\n'); process.exit(1)`,
  )
  await expect(openCloudflared('http://127.0.0.1:9', never, binary)).rejects.toThrow(
    /it ended with exit code 1; it said: ERR failed to request quick Tunnel: 429/,
  )
})

test('ngrok’s SDK gets target and token, and closing closes its listener', async () => {
  const calls: unknown[] = []
  const sdk = {
    forward: (options: unknown) => {
      calls.push(options)
      return Promise.resolve({
        url: () => 'https://x.ngrok-free.app',
        close: () => Promise.resolve(void calls.push('closed')),
      })
    },
  }
  const env = { NGROK_AUTHTOKEN: 'sekrit' }
  const tunnel = await openNgrok('http://127.0.0.1:9', () => Promise.resolve(sdk), env)
  expect(tunnel.url).toBe('https://x.ngrok-free.app')
  await tunnel.close()
  expect(calls).toEqual([{ addr: 'http://127.0.0.1:9', authtoken: 'sekrit' }, 'closed'])
})

test('an ngrok without token, SDK or success is told in one sentence, without the token', async () => {
  await expect(openNgrok('http://127.0.0.1:9', undefined, {})).rejects.toThrow(/NGROK_AUTHTOKEN is not set/)
  const env = { NGROK_AUTHTOKEN: 'sekrit' }
  await expect(openNgrok('http://127.0.0.1:9', undefined, env)).rejects.toThrow(
    /npm install --save-dev @ngrok\/ngrok/,
  )
  const broken = { forward: () => Promise.reject(new Error('authtoken sekrit is invalid (ERR_NGROK_105)')) }
  await expect(openNgrok('http://127.0.0.1:9', () => Promise.resolve(broken), env)).rejects.toThrow(
    'the tunnel could not be opened: authtoken *** is invalid (ERR_NGROK_105)',
  )
})
