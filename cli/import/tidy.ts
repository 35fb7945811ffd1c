import { plural } from '../base/index.ts'
import type { Action, Note } from './recording.ts'

/** What a recorder notes of how a person got into a field, which filling it does by itself. */
export function tidy(actions: readonly Action[], notes: Note[]): Action[] {
  let clicks = 0
  let tabs = 0
  const kept = actions.filter((action, index) => {
    const next = actions[index + 1]
    if (isClickInto(action, next)) {
      clicks++
      return false
    }
    if (isTabBefore(action, next)) {
      tabs++
      return false
    }
    return true
  })
  if (clicks > 0)
    notes.push({ text: `${plural(clicks, 'click')} into a field that is filled next: fill() does that` })
  if (tabs > 0) notes.push({ text: `${plural(tabs, 'Tab')} from one field to the next: fill() does that` })
  return kept
}

const FILLS = new Set(['fill', 'type', 'pressSequentially', 'clear', 'selectOption'])

function isClickInto({ deed, page, opens, navigates }: Action, next: Action | undefined): boolean {
  return (
    deed.type === 'act' &&
    (deed.method === 'click' || deed.method === 'focus') &&
    deed.given.length === 0 &&
    opens === undefined &&
    navigates === undefined &&
    next?.page === page &&
    next.deed.type === 'act' &&
    FILLS.has(next.deed.method) &&
    JSON.stringify(next.deed.target) === JSON.stringify(deed.target)
  )
}

function isTabBefore({ deed }: Action, next: Action | undefined): boolean {
  return (
    deed.type === 'act' &&
    deed.method === 'press' &&
    deed.given[0] === 'Tab' &&
    next?.deed.type === 'act' &&
    FILLS.has(next.deed.method)
  )
}
