import { createHash, randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { join } from 'node:path'
import { folder, k6, listen, type Ended } from './harness.ts'

/** What lies in an archive of k6's. */
export interface Archive {
  metadata: {
    options: {
      cloud?: Record<string, unknown>
      systemTags?: string[]
      scenarios?: Record<string, { options?: { browser?: { type?: string } } }>
    }
    env: Record<string, string>
  }
  /** SHA-256 of the script, as it was written. */
  sha256: string
  /** Every byte of it. */
  text: string
}

/** Reads a tar of k6's: 512 bytes of header for each file, then its bytes, filled up to 512. */
export function readArchive(tar: Buffer): Archive {
  const files = new Map<string, Buffer>()
  for (let at = 0; at + 512 <= tar.length;) {
    const field = (from: number, to: number): string =>
      tar.toString('utf8', at + from, at + to).replace(/\0.*$/s, '')
    const size = parseInt(field(124, 136), 8) || 0
    if (field(0, 100) !== '') files.set(field(0, 100), tar.subarray(at + 512, at + 512 + size))
    at += 512 + Math.ceil(size / 512) * 512
  }
  const [metadata, data] = [files.get('metadata.json'), files.get('data')]
  if (!metadata || !data) throw new Error(`no archive of k6's: ${[...files.keys()].join(', ')}`)
  return {
    metadata: JSON.parse(metadata.toString()) as Archive['metadata'],
    sha256: createHash('sha256').update(data).digest('hex'),
    text: tar.toString('latin1'),
  }
}

/** The parts of a multipart body, by name. */
export function partsOf(body: Buffer, type = ''): Map<string, Buffer> {
  const [, boundary = ''] = /boundary=([^;]+)/.exec(type) ?? []
  const parts = new Map<string, Buffer>()
  const text = body.toString('latin1')
  for (const part of text.split(`--${boundary}`).slice(1, -1)) {
    const head = part.indexOf('\r\n\r\n')
    const name = /name="([^"]*)"/.exec(part.slice(0, head))?.[1] ?? ''
    parts.set(name, Buffer.from(part.slice(head + 4, -2), 'latin1'))
  }
  return parts
}

/** A line that an executed script wrote on its console. */
export interface Line {
  level: string
  msg: string
}

/**
 * Runs an archive as a load generator does: none of the shell's variables, its own markers instead; every request goes
 * to `target`, whatever host it names. Gives how k6 ended, and what the script wrote.
 */
export async function executeArchive(
  archive: Buffer,
  run: number,
  target: string,
): Promise<Ended & { lines: Line[] }> {
  const file = join(folder(), `${randomUUID()}.tar`)
  writeFileSync(file, archive)
  const markers = { TEST_RUN_ID: run, LOAD_ZONE: 'amazon:us:ashburn', INSTANCE_ID: 0, DISTRIBUTION: 'all' }
  const told = Object.entries(markers).flatMap(([name, value]) => ['-e', `K6_CLOUDRUN_${name}=${value}`])
  const env = { HTTP_PROXY: await detour(target), HOME: folder() }
  const ended = await k6(['run', '--summary-mode', 'disabled', '--log-format', 'json', ...told, file], {
    env,
  })
  const lines = ended.err.split('\n').filter((line) => line.includes('"source":"console"'))
  return { ...ended, lines: lines.map((line) => JSON.parse(line) as Line) }
}

/** An HTTP proxy that sends every request to one server. */
async function detour(target: string): Promise<string> {
  return listen(
    createServer((incoming, outgoing) => {
      const { pathname, search } = new URL(incoming.url ?? '', target)
      const { method = 'GET', headers } = incoming
      const onward = request(target + pathname + search, { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      })
      onward.on('error', () => outgoing.destroy())
      incoming.pipe(onward)
    }),
  )
}
