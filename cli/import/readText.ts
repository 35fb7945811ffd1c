import { open } from 'node:fs/promises'
import { UserError } from '../base/index.ts'

/** What a recording has at most: a person records some hundred kibibytes. */
const MAX_MIB = 20

/** Reads a recording. Throws UserError where there is none, it is too large, or it is no text. */
export async function readText(path: string, name: string): Promise<string> {
  const file = await open(path, 'r').catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException
    throw new UserError(
      code === 'ENOENT' || code === 'ENOTDIR'
        ? `there is no file ${name}`
        : `${name} cannot be read: ${code ?? String(error)}`,
    )
  })
  try {
    const about = await file.stat()
    if (!about.isFile()) throw new UserError(`${name} is no file`)
    if (about.size > MAX_MIB * 1024 * 1024)
      throw new UserError(
        `${name}: got ${Math.ceil(about.size / 1024 / 1024)} MiB; allowed: ${MAX_MIB} MiB, and a recording of one journey is far smaller`,
      )
    const bytes = await file.readFile()
    const text = textIn(bytes)
    if (text === undefined)
      throw new UserError(`${name} is no text: it is binary, or in an encoding other than UTF-8`)
    if (text.trim() === '') throw new UserError(`${name} is empty`)
    return text
  } finally {
    await file.close()
  }
}

/** Bytes as text; undefined where they are none. */
function textIn(bytes: Uint8Array): string | undefined {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe
  try {
    const text = new TextDecoder(utf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
