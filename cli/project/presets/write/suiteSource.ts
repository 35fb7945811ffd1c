import { quoted } from '../../source/text.ts'
import type { ReadPreset } from '../readPreset.ts'
import type { Preset } from '../preset.ts'
import { identifier } from './identifier.ts'
import { journeyParts } from './journeyParts.ts'
import { literal } from './literal.ts'
import type { SourceLine, SuiteParts } from './parts.ts'
import { requestParts } from './requestParts.ts'

/** A preset as the suite that it is, in TypeScript. `from` is how the source imports the module of journeys. */
export function suiteSource({ preset, module, shown }: ReadPreset, from = module?.from ?? ''): SourceLine[] {
  const parts = module ? journeyParts(preset, module, from) : requestParts(preset)
  const { name, thresholds } = preset
  const fields = [
    `name: ${quoted(name)},`,
    ...(parts.metrics === undefined ? [] : [`metrics: [${parts.metrics.join(', ')}],`]),
    `scenarios: ${parts.scenarios},`,
    ...(Object.keys(thresholds).length === 0
      ? []
      : [`thresholds: ${literal(thresholds, 1, 'thresholds: '.length)},`]),
  ]
  const taken = new Set(namesIn(parts))
  const plainly = identifier(name, new Set(), 'Suite')
  const own = taken.has(plainly) ? identifier(`${name} suite`, taken, 'Suite') : plainly
  return [
    ...plain(`/** ${aboutOf(preset, shown)} */`),
    ...plain(...parts.imports, ''),
    ...parts.body,
    ...plain(
      `const ${own} = suite({`,
      ...fields.map((field) => `  ${field}`),
      '})',
      '',
      `export const { options, setup, teardown, handleSummary } = ${own}`,
      `export default ${own}`,
      '',
    ),
  ]
}

/** A source as one text. */
export const textOf = (lines: readonly SourceLine[]): string => lines.map(({ text }) => text).join('\n')

/** The names that imports and constants of a source have. */
const namesIn = ({ imports, body }: SuiteParts): string[] => [
  ...body.flatMap(({ text }) => /^const (\w+)/.exec(text)?.[1] ?? []),
  ...(imports.join(' ').match(/\w+/g) ?? []),
]

const plain = (...texts: readonly string[]): SourceLine[] =>
  texts.flatMap((text) => text.split('\n')).map((text) => ({ text }))

const aboutOf = ({ description }: Preset, shown: string): string =>
  (description ?? `What ${shown} says.`).replaceAll('*/', '* /').replace(/\s+/g, ' ').trim()
