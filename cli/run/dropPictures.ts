import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PICTURES_FOLDER } from '../base/index.ts'
import type { RunRecord } from '../record/index.ts'

/** Removes the pictures of a run that its record does not name: an outage makes many of the same. Never throws. */
export async function dropPictures(folder: string, { failures }: Pick<RunRecord, 'failures'>): Promise<void> {
  const named = new Set(failures.flatMap(({ page }) => page?.pictures ?? []))
  const place = join(folder, PICTURES_FOLDER)
  const names = await readdir(place).catch(() => [])
  const others = names.filter((name) => name.endsWith('.png') && !named.has(name))
  await Promise.all(others.map((name) => rm(join(place, name), { force: true }).catch(() => undefined)))
}
