import type { Load } from '../../../../config/workload/load.ts'
import { literal } from './literal.ts'
import type { SourceLine } from './parts.ts'

/** The constant that holds the pattern of a load. */
export const PATTERN = 'pattern'

/** The size of a load as TypeScript; its pattern is the constant of {@link patternLines}. */
export const loadText = (load: Load): string =>
  'rate' in load && load.pattern ? `{ rate: ${load.rate}, ${PATTERN} }` : literal(load, 0)

/** The constant that holds the pattern of a load; nothing where it has none. */
export function patternLines(load: Load): SourceLine[] {
  const levels = 'rate' in load ? load.pattern : undefined
  return levels === undefined
    ? []
    : [
        { text: `const ${PATTERN} = [` },
        ...levels.map((level) => ({ text: `  ${literal(level, 1)},` })),
        { text: ']' },
        { text: '' },
      ]
}
