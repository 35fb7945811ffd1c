import { plainText } from './literals.ts'
import { addressOf, pageName } from './places.ts'
import type { Action } from './recording.ts'
import { common, named, shortened } from './words.ts'

/** What a person would call a step: by what it opens, or by what was clicked last. */
export function stepName(actions: readonly Action[], base: string | undefined): string {
  const own = actions[0]?.step
  if (own !== undefined) return shortened(common(own) || own, 60) || 'step'
  const acts = actions.filter(({ deed }) => deed.type === 'act')
  const opening = actions.find(({ deed }) => deed.type === 'goto' || deed.type === 'page')
  const last = acts.at(-1)
  if (opening && acts.length === 0) return openName(opening, base)
  return last ? actName(last) : `see ${seen(actions)}`
}

function openName({ deed }: Action, base: string | undefined): string {
  if (deed.type === 'page')
    return deed.method === 'reload' ? 'reload' : deed.method === 'goBack' ? 'go back' : 'go on'
  const url = deed.type === 'goto' ? plainText(deed.url) : ''
  const address = addressOf(url)
  if (address === undefined) return 'open page'
  if (address.origin !== undefined && address.origin !== base) return `open ${new URL(url).hostname}`
  return `open ${pageName(address.path)}`
}

function actName({ deed }: Action): string {
  if (deed.type !== 'act') return 'step'
  const { role, name, by } = named(deed.target)
  const what = common(name)
  const word = what === '' ? (role ?? 'element') : what
  if (deed.method === 'press') return what.includes('search') ? 'search' : `submit ${word}`
  if (FILLS.test(deed.method)) return `fill in ${word}`
  if (/^(?:check|setChecked)$/.test(deed.method)) return `tick ${word}`
  if (deed.method === 'uncheck') return `untick ${word}`
  if (deed.method === 'hover') return `point at ${word}`
  // A button says itself what it does.
  if (role === 'button' && what !== '') return what
  if (role === 'link') return `open ${what === '' ? 'link' : what}`
  if (by === 'getByText' || role === 'tab' || role === 'menuitem' || role === 'option')
    return `choose ${word}`
  return `click ${word}`
}

const FILLS = /^(?:fill|type|pressSequentially|clear|selectOption|focus)$/

function seen(actions: readonly Action[]): string {
  const target = actions
    .map(({ deed }) => (deed.type === 'expect' ? deed.target : []))
    .find((calls) => calls.length > 0)
  const name = target === undefined ? '' : common(named(target).name)
  return name === '' ? 'page' : name
}
