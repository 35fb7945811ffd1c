import { quoted } from '../../project/index.ts'
import { isSecret } from '../secrets/isSecret.ts'
import { code, type Value } from '../traffic/value.ts'
import type { Names } from '../traffic/names.ts'
import { variableFor } from '../variableFor.ts'

/** Variables of a generator, as constants of the suite; secrets come from the shell. */
export interface Constants {
  /** Undefined where there is no variable of this name. */
  valueOf: (name: string) => Value | undefined
  secretOf: (name: string) => Value
  /** Source of the constants that were used. */
  lines: () => string[]
  /** Variables of the shell, by the secrets that they hold. */
  secrets: ReadonlyMap<string, string>
}

/** Makes constants of a generator's variables, as far as rules use them. */
export function constantsOf(variables: ReadonlyMap<string, string>, names: Names): Constants {
  const used = new Map<string, string>()
  const secrets = new Map<string, string>()
  const secretOf = (name: string): Value => {
    const key = variables.get(name) ?? `{{${name}}}`
    const own = secrets.get(key) ?? variableFor(name, new Set(secrets.values()))
    secrets.set(key, own)
    return code(`secret('${own}')`)
  }
  return {
    secretOf,
    secrets,
    valueOf(name) {
      const value = variables.get(name)
      if (value === undefined) return undefined
      if (isSecret(name, value)) return secretOf(name)
      const own = used.get(name) ?? names.give(name, 'Value')
      used.set(name, own)
      return code(own)
    },
    lines: () => [...used].map(([name, own]) => `const ${own} = ${quoted(variables.get(name) ?? '')}`),
  }
}
