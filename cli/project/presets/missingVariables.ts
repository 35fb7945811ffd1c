import type { Problem } from '../../../config/problem/problem.ts'
import type { Variables } from '../../../config/settings/settings.ts'
import type { ReadPreset } from './readPreset.ts'
import { variablesIn } from './variables.ts'

/** The variables that a preset reads and a run does not have. */
export function missingVariables(read: ReadPreset | undefined, env: Variables): Problem[] {
  if (read === undefined) return []
  return variablesIn(read.preset)
    .filter((name) => !env[name])
    .map((name) => ({
      where: `${read.shown}: \${${name}}`,
      got: 'nothing',
      allowed: 'a value in the environment',
      fix: `Export ${name}, or give -e ${name}=VALUE.`,
    }))
}
