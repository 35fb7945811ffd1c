import type { Preset } from './preset.ts'

/** A text in parts: as it is, and the variables that are read when it runs. */
export type Part = string | { readonly variable: string }

/** Takes a text with `${NAME}` apart; `$${` is a plain `${`. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = []
  let plain = ''
  for (const [whole, escaped, variable, other = ''] of text.matchAll(/(\$\$\{)|\$\{([^}]*)\}|([\s\S])/g)) {
    if (variable === undefined) plain += escaped === undefined ? other : whole.slice(1)
    else {
      if (plain !== '') parts.push(plain)
      plain = ''
      parts.push({ variable })
    }
  }
  return plain === '' && parts.length > 0 ? parts : [...parts, plain]
}

/** The variables that a preset reads when it runs, by name, each once. */
export function variablesIn({ requests = [] }: Pick<Preset, 'requests'>): string[] {
  const found = new Set<string>()
  const look = (value: unknown): void => {
    if (typeof value === 'string')
      for (const part of partsOf(value)) if (typeof part !== 'string') found.add(part.variable)
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(look)
  }
  for (const { path, headers, query, body, form, graphql } of requests)
    look([path, headers, query, body, form, graphql?.variables])
  return [...found].toSorted()
}
