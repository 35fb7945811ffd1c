import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Manifest, type Production, productionFile, readProduction } from '../../record/index.ts'

/** The production that a suite stands for, as an import has kept it beside its file, for the manifest. Throws UserError where that is damaged. */
export async function productionOf(file: string): Promise<Pick<Manifest, 'production'>> {
  const beside = productionFile(file)
  const text = await readFile(beside, 'utf8').catch(() => undefined)
  if (text === undefined) return {}
  const { pattern: _pattern, ...production }: Production = readProduction(text, basename(beside))
  return { production }
}
