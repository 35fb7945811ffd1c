import { plural } from '../../base/index.ts'
import { isLoopback } from '../../../config/url.ts'
import type { Note } from '../recording.ts'
import { TODO } from '../todo.ts'
import type { Plan } from '../traffic/plan.ts'
import type { Item } from './collection.ts'
import { UNKNOWN_ORIGIN } from './requests.ts'
import type { Variables } from './variables.ts'

const MAX_LISTED = 8
const listed = (names: Iterable<string>): string => {
  const all = [...names]
  const more = all.length > MAX_LISTED ? `, and ${all.length - MAX_LISTED} more` : ''
  return all.slice(0, MAX_LISTED).join(', ') + more
}

/** What a person should look at before the suite of a collection is relied on. */
export function lookAtCollection(
  { drafts, base, comments, lifted, expected }: Plan,
  { notes, asked }: Variables,
  items: readonly Item[],
  environment: string | undefined,
): Note[] {
  const origins = [...new Set(drafts.map(({ origin }) => origin))].filter(
    (origin) => origin !== UNKNOWN_ORIGIN,
  )
  const columns = [...lifted.columns.values()]
  const todos = [...(comments?.values() ?? [])]
    .flatMap(({ before, after }) => [...before, ...after])
    .filter((line) => line.startsWith(TODO)).length
  const untested = expected.filter(({ guessed }) => guessed).length
  const files = drafts.some(
    ({ payload }) => payload?.type === 'multipart' && payload.fields.some(({ file }) => file !== undefined),
  )
  const texts: (string | false)[] = [
    todos > 0 &&
      `${plural(todos, 'comment')} with ${TODO} what could not be rewritten; loadwright check lists them`,
    environment !== undefined && `variables have the values of ${environment}`,
    asked.size > 0 && `no file gives these variables, so the shell has to: ${listed(asked)}`,
    base === UNKNOWN_ORIGIN && 'no file says where the target is: give it by --base-url',
    notes.early.size > 0 && `used before a script sets them, and left out there: ${listed(notes.early)}`,
    notes.circular.size > 0 && `variables that lead to each other stay as texts: ${listed(notes.circular)}`,
    notes.random.size > 0 && `a word and a number stand for ${listed(notes.random)}`,
    untested > 0 &&
      `${untested} of ${items.length} requests have no test of a status and no saved answer: any success passes`,
    files && 'files are empty, since a collection has no bytes of them: read them by open()',
    columns.length > 0 && `the pool has one row: add a row for each user (${columns.join(', ')})`,
    ...origins.map((origin) => {
      const { host, hostname } = new URL(origin)
      if (isLoopback(hostname)) return false
      return origin === base
        ? `${host} has to be in the hosts of an environment: loadwright.config.ts`
        : `${origin} is asked as well: its host has to be in the hosts of an environment`
    }),
  ]
  return texts.flatMap((text) => (text === false ? [] : [{ text }]))
}
