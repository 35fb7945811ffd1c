import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { LiveCheck } from './tenant.ts'
import type { MonitorState } from './state.ts'

/** The label by which a check says whose it is; a project may put it on its monitors. */
export const OWNER_LABEL = 'managed_by'

/** Value of the label that marks checks of a project: `loadwright:` and the name of its package or folder. */
export async function ownerOf(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}')
  const name = /"name"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? basename(folder)
  return `loadwright:${name}`
}

/** Whether a check is a project's own: the state says so, or its label. */
export function isOwned({ id, labels }: LiveCheck, state: MonitorState | undefined, owner: string): boolean {
  return (
    (state?.monitors.some((one) => one.id === id) ?? false) ||
    labels.some(({ name, value }) => name === OWNER_LABEL && value === owner)
  )
}
