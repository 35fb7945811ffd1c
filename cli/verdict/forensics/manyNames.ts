import { truncate } from '../../base/index.ts'
import type { Store } from '../../record/index.ts'

/** Different values of a label from which on ids in them are told, and from which on whatever they are. */
const MANY_WITH_IDS = 50
const MANY = 300
/** A pattern stands for at least so many values, where ids are what tells them apart. */
const MIN_PER_PATTERN = 5
const MAX_EXAMPLE_CHARACTERS = 80

/** What labels are called, and what keeps ids out of them; an author's own tags are told by their names. */
const LABELS: Readonly<Record<string, readonly [what: string, fix: string]>> = {
  name: [
    'names of requests',
    'give requests of one kind one name: `name` of loadwright’s client, or k6’s tag `name` or http.url`…`',
  ],
  check: ['names of checks', 'leave ids out of the names of checks'],
  step: ['names of steps', 'leave ids out of the names of steps'],
  journey: ['names of journeys', 'leave ids out of the names of journeys'],
}

/** Labels whose values follow from others, or are k6's own. */
const OTHERS = new Set([
  'group',
  'url',
  'testid',
  'instance',
  'instance_id',
  'phase',
  'scenario',
  'method',
  'status',
  'error',
])

/** A label with a value for each user, item or request. */
export interface ManyNames {
  label: string
  /** How many values it has, one of them, and whether ids in them are what tells them apart. */
  values: number
  example: string
  ids: boolean
}

/** Labels with a value for each user, item or request: each value is a series of its own, here and wherever they go. */
export function manyNames(store: Pick<Store, 'series'>): ManyNames[] {
  const values = new Map<string, Set<string>>()
  for (const { labels } of store.series())
    for (const [label, value] of Object.entries(labels)) {
      if (OTHERS.has(label)) continue
      const known = values.get(label)
      if (known) known.add(value)
      else values.set(label, new Set([value]))
    }
  return [...values].flatMap(([label, all]) => {
    const ids = all.size >= MANY_WITH_IDS && patternsOf(all) <= all.size / MIN_PER_PATTERN
    if (!ids && all.size < MANY) return []
    const [example = ''] = all
    return [{ label, values: all.size, example: truncate(example, MAX_EXAMPLE_CHARACTERS), ids }]
  })
}

/** The same as a sentence, with what to write. */
export function manyNamesText({ label, values, example, ids }: ManyNames): string {
  const [what, fix] = LABELS[label] ?? [`values of the tag ${label}`, 'a tag is for what has few values']
  return `${values} different ${what}${ids ? ' with ids in them' : ''}, such as ${example}: each becomes a separate series. Use fewer: ${fix}`
}

/** A text with one sign for each of its words that has a digit in it. */
export const withoutIds = (text: string): string =>
  text.replace(/[\w-]+/g, (word) => (/\d/.test(word) ? '#' : word))

/** How many values there are where all that has a digit in it is the same. */
const patternsOf = (values: ReadonlySet<string>): number => new Set([...values].map(withoutIds)).size
