import { readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { quote, type Problem } from '../../../config/problem/problem.ts'
import { atomicWrite, locked, makeFolder, refusal, UserError } from '../../base/index.ts'
import { baselineText, readBaselineText, type Baseline } from './baseline.ts'

/** A file in a folder of baselines that holds none that can be read. */
export interface DamagedBaseline {
  readonly file: string
  readonly why: string
}

/** Whether a text can be the name of a baseline: of a file, on every system. */
export const isBaselineName = (name: string): boolean => /^\w[\w.-]{0,99}$/.test(name)

/** The file of a baseline, by its name. Throws UserError for a name that is none of a file. */
export function baselineFile(folder: string, name: string): string {
  if (isBaselineName(name)) return join(folder, `${name}.json`)
  throw refusal([
    { where: 'baseline', got: quote(name), allowed: 'letters, digits, and . - _ between them, at most 100' },
  ])
}

/** The baseline in a file; undefined where there is no such file. Throws UserError where it holds none. */
export async function readBaseline(file: string): Promise<Baseline | undefined> {
  const read = await readAt(file)
  if (read === undefined || !('why' in read)) return read
  throw refusal([noBaseline({ file, why: read.why })])
}

/** What is wrong with a file that holds no baseline. */
export const noBaseline = ({ file, why }: DamagedBaseline): Problem => ({
  where: file,
  got: `no baseline: ${why}`,
  allowed: 'what loadwright baseline set writes',
})

/**
 * All baselines of a folder by their files, and what lies there that is none; nothing where there is no folder. Throws
 * UserError where it is something else, or cannot be read.
 */
export async function readBaselines(
  folder: string,
): Promise<{ baselines: { file: string; baseline: Baseline }[]; damaged: DamagedBaseline[] }> {
  const names = (await namesIn(folder)).filter((name) => name.endsWith('.json')).sort()
  const files = names.map((name) => join(folder, name))
  const read = await Promise.all(files.map(async (file) => ({ file, found: await readAt(file) })))
  return {
    baselines: read.flatMap(({ file, found }) =>
      found === undefined || 'why' in found ? [] : [{ file, baseline: found }],
    ),
    damaged: read.flatMap(({ file, found }) =>
      found !== undefined && 'why' in found ? [{ file, why: found.why }] : [],
    ),
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    const fix = code === 'ENOTDIR' ? 'It is a file.' : `It cannot be read: ${code}.`
    throw refusal([{ where: '--baselines', got: quote(folder), allowed: 'a folder of baselines', fix }])
  }
}

const readAt = (file: string): Promise<Baseline | { readonly why: string } | undefined> =>
  readFile(file, 'utf8').then(readBaselineText, (error: unknown) => {
    const { code = '' } = error as NodeJS.ErrnoException
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : { why: `it cannot be read: ${code}` }
  })

/**
 * Changes a baseline's file, or makes it: `change` gets what is there. One writer at a time: throws UserError where
 * another one is at it, and nothing is lost.
 */
export async function changeBaseline(
  file: string,
  change: (before: Baseline | undefined) => Baseline,
): Promise<Baseline> {
  await namesIn(dirname(file))
  await makeFolder(dirname(file)).catch((error: unknown) => {
    throw new UserError(`--baselines: ${file} cannot be written: ${(error as Error).message}`)
  })
  return locked(file, async () => {
    const after = change(await readBaseline(file))
    await atomicWrite(file, baselineText(after))
    return after
  })
}

/** Removes a baseline's file, whatever is in it. */
export const dropBaseline = (file: string): Promise<void> => locked(file, () => rm(file))
