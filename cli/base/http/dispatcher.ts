import type { SecureContextOptions } from 'node:tls'
import type { Dispatcher } from 'undici'
import { envValue } from '../env.ts'
import { hostKind } from '../hostKind.ts'

/** Certificates and versions of TLS, as in `node:tls`. */
export interface TlsOptions extends SecureContextOptions {
  readonly rejectUnauthorized?: boolean
}

/** Connections that are kept open between requests, over TLS of their own. */
export interface Connection {
  readonly dispatcherFor: (url: URL) => Promise<Dispatcher>
  /** Ends them. */
  close(): void
}

/** Connections to servers: at most `most` to each at once; through the proxy that the environment names. */
export function openConnection({ tls = {}, most }: { tls?: TlsOptions; most?: number } = {}): Connection {
  const opened: Partial<Record<'direct' | 'proxied', Promise<Dispatcher>>> = {}
  const options = {
    // Every request has a time limit of its own.
    connect: { ...tls, timeout: 0 },
    requestTls: tls,
    headersTimeout: 0,
    bodyTimeout: 0,
    connections: most ?? null,
  }
  const direct = async (): Promise<Dispatcher> => new (await undici()).Agent(options)
  const proxied = async (): Promise<Dispatcher> => new (await undici()).EnvHttpProxyAgent(options)
  return {
    dispatcherFor: (url) => (isProxied(url) ? (opened.proxied ??= proxied()) : (opened.direct ??= direct())),
    close() {
      for (const one of Object.values(opened)) void one.then((dispatcher) => dispatcher.destroy())
    },
  }
}

/** Loaded with the first request: it takes 50 ms. */
export const undici = (): Promise<typeof import('undici')> => import('undici')

/** Whether the environment names a proxy for a URL. As in Go, and so in k6, loopback has none; NO_PROXY is undici's matter. */
function isProxied({ protocol, hostname }: URL): boolean {
  const name = protocol === 'https:' ? 'https_proxy' : 'http_proxy'
  const proxy = envValue(process.env, name) ?? envValue(process.env, name.toUpperCase())
  return proxy !== undefined && hostKind(hostname.replace(/^\[|\]$/g, '')) !== 'loopback'
}
