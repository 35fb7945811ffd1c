import { readdir, readFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { parse } from 'yaml'
import { packageRoot } from '../../base/index.ts'
import { isPreset } from './isPreset.ts'

/** A preset that the package has, to be copied. */
export interface ShippedPreset {
  name: string
  file: string
  description: string
}

const FOLDER = join(packageRoot, 'examples/presets')

/** The presets of the package, by name. */
export async function shippedPresets(): Promise<ShippedPreset[]> {
  const names = (await readdir(FOLDER)).filter(isPreset).toSorted()
  return Promise.all(
    names.map(async (name) => {
      const file = join(FOLDER, name)
      const { description = '' } = parse(await readFile(file, 'utf8')) as { description?: string }
      return { name: basename(name, extname(name)), file, description }
    }),
  )
}

/** The text of a preset of the package for the folder `presets` of a project, from where editors find its schema. */
export async function copyOf({ file }: ShippedPreset): Promise<string> {
  const text = await readFile(file, 'utf8')
  return text.replace(/(\$schema=)\S*\/(dist\/\S+)/, '$1../node_modules/loadwright/$2')
}
