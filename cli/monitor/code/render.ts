import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder, UserError } from '../../base/index.ts'
import type { MonitorBundle } from './ready.ts'
import { renderApi } from './render/api.ts'
import type { Rendering } from './render/files.ts'
import { renderGcx } from './render/gcx.ts'
import { renderTerraform } from './render/terraform.ts'

/** The forms that monitors are rendered in. */
export const FORMATS = ['api', 'terraform', 'gcx'] as const

/** Renders monitors; `ids` are those of probes by name, as far as they are known. */
export function render(
  format: (typeof FORMATS)[number],
  all: readonly MonitorBundle[],
  ids: Readonly<Record<string, number>>,
): Rendering {
  if (format === 'api') return renderApi(all, ids)
  return format === 'terraform' ? renderTerraform(all) : renderGcx(all)
}

/** Writes a rendering's files into a folder, and returns their paths. Throws UserError where it cannot. */
export async function writeRendering({ files }: Rendering, folder: string): Promise<string[]> {
  try {
    await makeFolder(folder)
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  } catch (error) {
    throw new UserError(`--outdir ${folder}: ${(error as Error).message}`)
  }
  return Object.keys(files).map((name) => join(folder, name))
}
