import { PICTURES_FOLDER } from '../base/index.ts'
import type { RunFolder, RunRecord } from '../record/index.ts'

/** Pictures by their files' names, as base64. */
export type Pictures = Readonly<Record<string, string>>

const NAME = /^[\w-]+\.png$/
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Bytes of one picture, and of all that a report holds, at most. */
const MAX_BYTES = 2 * 1024 ** 2
const MAX_TOTAL_BYTES = 8 * 1024 ** 2

/** The pictures of a run's failures, as far as its folder has them: PNG files, 2 MiB each and 8 MiB together at most. */
export async function picturesOf(
  { failures }: Pick<RunRecord, 'failures'>,
  folder: Pick<RunFolder, 'open'>,
): Promise<Pictures> {
  const names = new Set(
    failures.flatMap(({ page }) => page?.pictures ?? []).filter((name) => NAME.test(name)),
  )
  const found: Record<string, string> = {}
  let total = 0
  for (const name of names) {
    const bytes = await read(folder, `${PICTURES_FOLDER}/${name}`)
    if (bytes === undefined || total + bytes.length > MAX_TOTAL_BYTES) continue
    total += bytes.length
    found[name] = bytes.toString('base64')
  }
  return found
}

async function read(folder: Pick<RunFolder, 'open'>, name: string): Promise<Buffer | undefined> {
  try {
    const file = await folder.open(name)
    try {
      const buffer = Buffer.alloc(MAX_BYTES + 1)
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
      const isPicture = bytesRead <= MAX_BYTES && buffer.subarray(0, PNG.length).equals(PNG)
      return isPicture ? buffer.subarray(0, bytesRead) : undefined
    } finally {
      await file.close()
    }
  } catch {
    return undefined
  }
}
