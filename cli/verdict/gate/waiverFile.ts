import { readFile } from 'node:fs/promises'
import { refuse } from '../../base/index.ts'
import type { Waiver } from './waiver.ts'
import { waiversOf } from './waiverText.ts'

/** The waivers in a file; none where there is no such file. Throws UserError with every problem of it. */
export async function readWaivers(file: string): Promise<readonly Waiver[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return []
  const { waivers, problems } = waiversOf(text, file)
  refuse(problems)
  return waivers
}
