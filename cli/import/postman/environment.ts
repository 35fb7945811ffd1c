import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { readText } from '../readText.ts'
import type { Note } from '../recording.ts'
import type { Environment } from './convertPostman.ts'
import { environmentIn } from './given.ts'

/** The environment of a collection: the one that is named, else the only one beside it. Throws UserError where it is none. */
export async function environmentFor(
  path: string,
  named: string | undefined,
): Promise<{ environment?: Environment; notes: Note[] }> {
  const folder = dirname(path)
  const beside =
    named === undefined
      ? (await readdir(folder)).filter((file) => file.endsWith('.postman_environment.json')).toSorted()
      : []
  const [only, ...others] = beside
  const found = named ?? (only === undefined || others.length > 0 ? undefined : join(folder, only))
  if (found === undefined)
    return {
      notes:
        others.length === 0
          ? []
          : [
              {
                text: `${beside.length} environments are beside it, and none was taken: name one by --variables`,
              },
            ],
    }
  const file = basename(found)
  return { environment: { file, raw: environmentIn(await readText(found, file), file) }, notes: [] }
}
