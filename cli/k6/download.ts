import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { isLoopback } from '../../config/url.ts'
import { openResponse, undici, type OpenResponse } from '../base/http/index.ts'
import { binaryName } from './cache.ts'
import { runChild } from './child.ts'
import { onPath } from './path.ts'
import { SUMS } from './sums.ts'
import type { EngineOptions } from './types.ts'

/** Where k6 is released; LOADWRIGHT_K6_RELEASES names a mirror of it. */
export const releases = 'https://github.com/grafana/k6/releases/download'

const archives: Partial<Record<string, string>> = {
  'linux x64': 'linux-amd64.tar.gz',
  'linux arm64': 'linux-arm64.tar.gz',
  'darwin x64': 'macos-amd64.zip',
  'darwin arm64': 'macos-arm64.zip',
  'win32 x64': 'windows-amd64.zip',
}

/** The name of a release's archive, undefined where k6 is not released for the machine. */
export function archiveName(
  version: string,
  platform: string = process.platform,
  arch: string = process.arch,
): string | undefined {
  const end = archives[`${platform} ${arch}`]
  return end === undefined ? undefined : `k6-${version}-${end}`
}

/**
 * Downloads and unpacks a release into `folder` and returns the binary's path; throws with the reason. The SHA-256 is the
 * one that is shipped. Of an archive without one it is that of the release's own checksum file, from the same host: it
 * finds a damaged or mixed-up archive, while a forged release is kept out by TLS alone, so that only https is taken.
 */
export async function download(folder: string, version: string, options: EngineOptions): Promise<string> {
  const name = archiveName(version)
  if (name === undefined) throw new Error(`k6 is not released for ${process.platform} ${process.arch}`)
  const tar = (await onPath('tar', options.env))[0]
  if (tar === undefined) throw new Error('there is no `tar` on PATH to unpack it')
  const base = [options.env.LOADWRIGHT_K6_RELEASES, releases].find(Boolean)?.replace(/\/+$/, '') ?? releases

  const { sums: shipped = SUMS } = options
  const sums = `${base}/${version}/k6-${version}-checksums.txt`
  const expected = Object.hasOwn(shipped, name) ? shipped[name] : checksum(await text(sums, options), name)
  if (expected === undefined) throw new Error(`${sums} does not list ${name}`)

  const url = `${base}/${version}/${name}`
  const hash = createHash('sha256')
  const hashed = async function* () {
    for await (const chunk of chunks(url, options)) {
      hash.update(chunk)
      yield chunk
    }
  }
  await pipeline(hashed, createWriteStream(join(folder, name)))
  const actual = hash.digest('hex')
  if (actual !== expected)
    throw new Error(
      `${url} has SHA-256 ${actual}, ${Object.hasOwn(shipped, name) ? 'loadwright was shipped with' : 'its release says'} ${expected}`,
    )

  await runChild(tar, ['-xf', name], { cwd: folder, env: options.env, signal: options.signal })
  return join(folder, name.replace(/\.(tar\.gz|zip)$/, ''), binaryName())
}

function checksum(sums: string, name: string): string | undefined {
  const lines = sums.split('\n').map((line) => line.trim().split(/\s+\*?/))
  return lines.find(([sum = '', file]) => file === name && /^[0-9a-f]{64}$/i.test(sum))?.[0]?.toLowerCase()
}

async function text(url: string, options: EngineOptions): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks(url, options)) parts.push(chunk)
  return Buffer.concat(parts).toString()
}

/** What is run may come over https alone, or from this machine; a redirect may lead nowhere else. */
function mustBeSafe(url: string): void {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' }
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) return
  throw new Error(
    'k6 is downloaded over https alone (http only from this machine): see LOADWRIGHT_K6_RELEASES',
  )
}

/** The answer to a GET at the end of its redirects, each of which must be safe. */
async function follow(url: string, signal: AbortSignal, hops = 5): Promise<OpenResponse> {
  mustBeSafe(url)
  const response = await openResponse(url, { signal })
  const { location } = response.headers
  if (response.status < 300 || response.status >= 400 || location === undefined || hops === 0) return response
  response.body.on('error', () => undefined).destroy()
  return follow(new URL(location, url).href, signal, hops - 1)
}

/** The body of a GET; throws where the next chunk is late. */
async function* chunks(url: string, options: EngineOptions): AsyncGenerator<Uint8Array> {
  const { patience = 10_000, signal } = options
  // Loading it is not the server's time.
  await undici()
  const late = new AbortController()
  const timer = setTimeout(() => {
    late.abort(new Error(`no byte for ${patience / 1000} s`))
  }, patience)
  try {
    const { status, body } = await follow(url, AbortSignal.any([late.signal, ...(signal ? [signal] : [])]))
    if (status >= 300) throw new Error(`answers ${status}`)
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      timer.refresh()
      yield chunk
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new Error(`${url}: ${code ?? message}`, { cause: error })
  } finally {
    clearTimeout(timer)
    late.abort()
  }
}
