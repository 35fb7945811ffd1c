import { refuse, UserError } from '../../base/index.ts'
import type { Project } from '../build/config.ts'
import { suiteFiles } from '../suiteFiles.ts'
import { isPreset } from './isPreset.ts'
import { withPreset } from './presetProject.ts'

/**
 * A project with the monitors that its presets declare beside those of its config. Throws UserError with every problem of
 * every preset: the monitor of one that cannot be read would be taken for one that is not declared any more.
 */
export async function withPresetMonitors<P extends Project>(project: P): Promise<P> {
  const files = await suiteFiles(project).catch((error: unknown) => {
    if (error instanceof UserError) return []
    throw error
  })
  const own = project.config.monitors
  const said: string[] = []
  const monitors = { ...own }
  for (const file of files.filter(isPreset))
    try {
      const { read, project: made } = await withPreset(project, file)
      const { name, monitor } = read.preset
      if (monitor === undefined) continue
      if (own && Object.hasOwn(own, name))
        refuse([
          {
            where: `${read.placeOf('monitor')}: monitor`,
            got: `monitor, and monitors.${name} of loadwright.config.ts`,
            allowed: 'one of the two',
          },
        ])
      Object.assign(monitors, made.config.monitors)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      said.push(error.message)
    }
  if (said.length > 0) throw new UserError(said.join('\n'))
  return Object.keys(monitors).length === 0
    ? project
    : { ...project, config: { ...project.config, monitors } }
}
