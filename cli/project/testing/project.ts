import type { Built } from '../../../config/built.ts'
import { readProject } from '../build/config.ts'
import { refuse } from '../../base/index.ts'

/** What a bundle of the project in `folder` would be built with. Rejects where its config has problems. */
export async function builtOf(folder?: string): Promise<Built> {
  const { config, problems } = await readProject(folder)
  refuse(problems)
  return { config }
}
