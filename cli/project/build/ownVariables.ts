import { SETTINGS, type Variables } from '../../../config/settings/settings.ts'

/** The variables that a script may have of its own: neither settings nor k6's, which change how it runs. */
export function ownVariables(env: Variables): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !Object.hasOwn(SETTINGS, entry[0]) && !entry[0].startsWith('K6_'),
    ),
  )
}
