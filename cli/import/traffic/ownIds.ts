import { mapDraft, type Draft } from './draft.ts'
import { isUuid } from '../secrets/madeByMachine.ts'
import type { Names } from './names.ts'

/**
 * UUIDs that a page made by itself and sent more than once, each with a variable: all of those requests are of one thing;
 * those that are `fixed` are none of these.
 */
export function ownIds(
  drafts: readonly Draft[],
  names: Names,
  fixed: ReadonlySet<string>,
): Map<string, string> {
  const seen = new Map<string, { count: number; name: string }>()
  for (const draft of drafts)
    mapDraft(draft, (where) => (value, name) => {
      const text = String(value)
      if (!isUuid(text) || fixed.has(text)) return value
      const { count, name: before } = seen.get(text) ?? { count: 0, name: '' }
      // What stands in paths alone, a server has given.
      seen.set(text, { count: count + 1, name: before === '' && where !== 'path' ? name : before })
      return value
    })
  const ids = new Map<string, string>()
  for (const [text, { count, name }] of seen) if (count > 1 && name !== '') ids.set(text, names.give(name))
  return ids
}
