import { plural, printable, truncate } from '../base/index.ts'
import type { Converted } from './convert.ts'
import type { Note } from './recording.ts'

const MAX_NOTES = 20
const MAX_CHARACTERS = 200

/** What was made, what was left out and why, what to look at, and what to type next. */
export function importReport(made: Converted, path: string, kind: string): string {
  const { journeys, left, look, secrets, base } = made
  const steps = journeys.flatMap((journey) => journey.steps)
  const checks = steps
    .flatMap((step) => step.actions)
    .filter(({ deed }) => deed.type === 'expect' || deed.type === 'title')
  const counts = [
    plural(journeys.length, 'journey'),
    plural(steps.length, 'step'),
    plural(checks.length, 'check'),
  ]
  const own = secrets.length === 0 ? [] : [{ text: `secrets are not in the file: ${secrets.join(', ')}` }]
  const given = secrets.map((name) => ` -e ${name}=…`).join('')
  const target = base === undefined ? '' : ` --base-url ${base}`
  return [
    `${path}: ${counts.join(', ')} (${kind})`,
    ...section(
      'Steps',
      journeys.flatMap((journey) =>
        journey.steps.map(({ name }) => ({ text: journeys.length > 1 ? `${journey.name}: ${name}` : name })),
      ),
    ),
    ...section('Left out', left),
    ...section('Look at', [...own, ...look]),
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
