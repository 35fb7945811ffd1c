import { createReadStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunFolder } from './runFolder.ts'

/** The folder of a run on a disk. */
export const diskFolder = (path: string): RunFolder => ({
  path,
  text: (name) => readFile(join(path, name), 'utf8'),
  stream: (name) => createReadStream(join(path, name), 'utf8'),
  open: (name) => open(join(path, name)),
})
