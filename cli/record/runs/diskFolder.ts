import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { atomicWrite } from '../../base/index.ts'
import type { RunFolder } from './runFolder.ts'

/** The folder of a run on a disk. */
export const diskFolder = (path: string): RunFolder => ({
  path,
  text: (name) => readFile(join(path, name), 'utf8'),
  stream: (name) => createReadStream(join(path, name), 'utf8'),
  open: (name) => open(join(path, name)),
  state: async (name) => {
    const { size, mtimeMs } = await stat(join(path, name))
    return `${size} ${mtimeMs}`
  },
  keep: (name, text) => atomicWrite(join(path, name), text, { mode: 0o600, sync: false }),
})
