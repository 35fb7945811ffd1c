import { basename } from 'node:path'
import { readBounded, refuse, UserError } from '../../base/index.ts'
import type { Waiver } from './waiver.ts'
import { waiversOf } from './waiverText.ts'

/** What a file of waivers is called that need not be there. */
const USUAL_NAME = 'waivers.yaml'

/** Far more than people agree on. */
const MAX_BYTES = 1024 * 1024

/** The waivers in a file; none where there is no `waivers.yaml`. Throws UserError with every problem of it. */
export async function readWaivers(file: string): Promise<readonly Waiver[]> {
  const text = await readBounded(file, MAX_BYTES).catch((error: unknown) => {
    const { code = '', message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && basename(file) === USUAL_NAME) return undefined
    throw new UserError(`${file} cannot be read: ${code || message}`)
  })
  if (text === undefined) return []
  const { waivers, problems } = waiversOf(text, file)
  refuse(problems)
  return waivers
}
