import type { Problem } from '../../../config/problem/problem.ts'
import type { Variables } from '../../../config/settings/settings.ts'
import type { Bundle } from './bundle.ts'

/** What of a source map is looked at. */
interface Map {
  sources: string[]
  sourcesContent?: (string | null)[]
}

/** The function of an imported suite that reads a secret: it throws where there is none. */
const READER =
  /const (\w+) = \(name: string\): string => \{\s*const value = __ENV\[name\]\s*if \(!value\) throw\b/

/**
 * The variables that sources read secrets from by a function of an imported suite, and that a run does not have; those that
 * only functions read which are not in the bundle are left out.
 */
export function missingSecrets({ code, map }: Bundle, env: Variables): Problem[] {
  const { sources, sourcesContent = [] } = JSON.parse(map) as Map
  return sources.flatMap((source, index): Problem[] => {
    const text = sourcesContent[index] ?? ''
    const reader = READER.exec(text)?.[1]
    if (reader === undefined) return []
    const calls = text.matchAll(new RegExp(`\\b${reader}\\((['"])([A-Z_][A-Z\\d_]*)\\1\\)`, 'g'))
    const names = [...new Set(Array.from(calls, ([, , name = '']) => name))]
    return names
      .filter((name) => !env[name] && new RegExp(`(["'\`])${name}\\1`).test(code))
      .map((name) => ({
        where: `${source}: ${reader}('${name}')`,
        got: 'nothing',
        allowed: 'a value in the environment',
        fix: `Export ${name}, or give -e ${name}=VALUE.`,
      }))
  })
}
