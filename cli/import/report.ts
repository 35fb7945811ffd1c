import { dirname, join } from 'node:path'
import { plural, printable, truncate } from '../base/index.ts'
import type { Made } from './made.ts'
import type { Note } from './recording.ts'

const MAX_NOTES = 20
const MAX_CHARACTERS = 200

/** What was made, what was left out and why, what to look at, and what to type next. */
export function importReport(made: Made, path: string): string {
  const { counts, left, look, secrets, base } = made
  const words = Object.entries(counts).map(([things, count]) => plural(count, things.replace(/s$/, '')))
  const own = secrets.length === 0 ? [] : [{ text: `secrets are not in the file: ${secrets.join(', ')}` }]
  const given = secrets.map((name) => ` -e ${name}=…`).join('')
  const target = base === undefined ? '' : ` --base-url ${base}`
  return [
    `${path}: ${words.join(', ')} (${made.kind})`,
    ...made.files.map(({ name }) => join(dirname(path), name)),
    ...section(
      'Steps',
      made.steps.map((text) => ({ text })),
    ),
    ...section('Read from answers', made.read),
    ...(made.tables ?? []).flatMap(({ title, lines }) => [
      '',
      title,
      ...lines.map((line) => `  ${printable(line)}`),
    ]),
    ...section('Left out', left),
    ...section('Look at', [...own, ...look]),
    ...changesText(made.changes ?? []),
    '',
    'Next',
    `  loadwright dev ${path}${target}${given}`,
  ].join('\n')
}

function section(title: string, notes: readonly Note[]): string[] {
  if (notes.length === 0) return []
  const lines = notes.slice(0, MAX_NOTES).map(({ place, text }) => {
    const whole = place === undefined ? text : `${place}: ${text}`
    return `  ${truncate(printable(whole), MAX_CHARACTERS)}`
  })
  const more = notes.length - lines.length
  return ['', title, ...lines, ...(more > 0 ? [`  and ${more} more`] : [])]
}

const MAX_CHANGES = 200

function changesText(changes: readonly string[]): string[] {
  if (changes.length === 0) return []
  const more = changes.length - MAX_CHANGES
  return [
    '',
    'Changes',
    ...changes.slice(0, MAX_CHANGES).map((line) => `  ${truncate(printable(line), MAX_CHARACTERS)}`),
    ...(more > 0 ? [`  and ${more} more lines`] : []),
  ]
}
