import { readFileSync, statSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { UserError } from '../../base/index.ts'
import type { Bundle } from './bundle.ts'

/** Bytes that a file which a suite opens may have: k6 holds it in memory. */
const MAX_FILE_BYTES = 100 * 1024 * 1024

/** A bundle whose `open()`, and what reads definitions of gRPC, still reads from the folder of its source, seen from the folder where the bundle lies. */
export function openingFrom({ code, map }: Bundle, folder: string, bundled: string): Bundle {
  const beside = JSON.stringify(`${relative(bundled, folder).split(sep).join('/')}/`)
  const open = /(?<![\w$.])open\(/.test(code)
    ? `const open=(path,...how)=>globalThis.open(/^(\\/|[a-z]+:)/.test(path)?path:${beside}+path,...how);`
    : ''
  const line = `globalThis.LOADWRIGHT_BESIDE=${beside};${open}\n`
  const { mappings, ...rest } = JSON.parse(map) as { mappings: string }
  return { code: line + code, map: JSON.stringify({ ...rest, mappings: `;${mappings}` }) }
}

/** Reads a file as `open()` does, from a folder. Throws UserError for one that is not there, or too large. */
export function openFrom(folder: string, path: string, mode: 'text' | 'binary'): string | ArrayBuffer {
  const file = resolve(folder, path.replace(/^file:\/\//, ''))
  const found = statSync(file, { throwIfNoEntry: false })
  const where = `open(${JSON.stringify(path)})`
  if (!found?.isFile())
    throw new UserError(
      `${where}: there is no file ${relative(process.cwd(), file)}; paths are relative to the suite’s file`,
    )
  if (found.size > MAX_FILE_BYTES)
    throw new UserError(
      `${where}: got ${Math.ceil(found.size / 2 ** 20)} MiB; allowed: ${MAX_FILE_BYTES / 2 ** 20} MiB, since every VU holds it`,
    )
  const bytes = readFileSync(file)
  return mode === 'text' ? bytes.toString() : new Uint8Array(bytes).buffer
}
