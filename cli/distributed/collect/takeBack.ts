import { existsSync } from 'node:fs'
import { copyFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { SERIES_FILE, UserError } from '../../base/index.ts'
import { copyPushes } from '../../record/index.ts'
import { fallbacksOf } from '../../run/index.ts'

/**
 * Brings back what a collector that was killed had written elsewhere, as the disk of its folder took nothing more.
 * Throws UserError where that still takes too little.
 */
export async function takeBack(folder: string, id: string, say: (line: string) => void): Promise<void> {
  for (const place of await fallbacksOf(folder, id))
    try {
      const [series, own] = [join(place, SERIES_FILE), join(folder, SERIES_FILE)]
      if (existsSync(series)) {
        // It has all that was in the other one: that was copied when it moved.
        await copyFile(series, `${own}.draft`)
        await rename(`${own}.draft`, own)
      }
      await copyPushes(place, folder)
      await rm(place, { recursive: true })
      say(`what was pushed while the disk was full is taken from ${place}`)
    } catch (error) {
      const { message } = error as Error
      throw new UserError(
        `what was pushed while the disk was full is in ${place}, and ${folder} does not take it: ${message}. Make room there, and start the collector again`,
      )
    }
}
