import type { Problem } from '../../../config/problem/problem.ts'
import type { Variables } from '../../../config/settings/settings.ts'
import type { ChosenPreset } from '../build/config.ts'

/** The variables that a preset reads and a run does not have. */
export function missingVariables(preset: ChosenPreset | undefined, env: Variables): Problem[] {
  if (preset === undefined) return []
  return preset.variables
    .filter((name) => !env[name])
    .map((name) => ({
      where: `${preset.shown}: \${${name}}`,
      got: 'nothing',
      allowed: 'a value in the environment',
      fix: `Export ${name}, or give -e ${name}=VALUE.`,
    }))
}
