import { isLoopback, parseHttpUrl } from '../../config/url.ts'
import { plainText } from './literals.ts'
import { addressOf } from './places.ts'
import type { Action, Note } from './recording.ts'
import type { Step } from './steps.ts'
import { fragileText, isFragile } from './write/deed.ts'

/** What a person should look at before the suite is relied on. */
export function lookAt(steps: readonly Step[], base: string | undefined): Note[] {
  const actions = steps.flatMap((step) => step.actions)
  const untimed = steps.length > 1 && steps.every(({ pause }) => pause === undefined)
  return [
    ...hostNotes(base),
    ...actions.flatMap(fragileNotes),
    ...uncheckedNotes(steps),
    ...(untimed ? [{ text: 'pauses between steps are 1 to 3 seconds: the recording has none' }] : []),
    ...actions.flatMap(tabNotes),
    ...foreignNotes(actions, base),
  ]
}

function hostNotes(base: string | undefined): Note[] {
  const host = base === undefined ? undefined : parseHttpUrl(base)?.host
  if (host === undefined || isLoopback(host)) return []
  return [{ text: `${host} has to be in the hosts of an environment: loadwright.config.ts` }]
}

function fragileNotes({ place, deed }: Action): Note[] {
  if ((deed.type !== 'act' && deed.type !== 'expect') || !isFragile(deed.target)) return []
  return [{ place, text: `a redesign of the page may break ${fragileText(deed.target)}` }]
}

function uncheckedNotes(steps: readonly Step[]): Note[] {
  const checks = ({ deed }: Action): boolean => /^(?:expect|title|url)$/.test(deed.type)
  const names = steps.filter((step) => !step.actions.some(checks)).map(({ name }) => name)
  return names.length === 0
    ? []
    : [{ text: `${names.length} of ${steps.length} steps check nothing: ${names.join(', ')}` }]
}

function tabNotes({ place, opens }: Action): Note[] {
  if (opens === undefined) return []
  return [{ place, text: 'it opens a tab, whose pages have no names and whose errors fail no step' }]
}

function foreignNotes(actions: readonly Action[], base: string | undefined): Note[] {
  const origins = actions.flatMap(({ deed }) => {
    const origin = deed.type === 'goto' ? addressOf(plainText(deed.url))?.origin : undefined
    return origin === undefined || origin === base ? [] : [origin]
  })
  return [...new Set(origins)].map((origin) => ({
    text: `${origin} is opened as well: its host has to be in the hosts of an environment`,
  }))
}
