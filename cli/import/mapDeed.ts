import { mapTexts } from './literals.ts'
import type { Call, Deed, Literal } from './recording.ts'

/** A deed with each text in it replaced: of what was done, of how its element is found, of addresses. */
export function mapDeed(deed: Deed, change: (text: string) => Literal): Deed {
  const all = (values: readonly Literal[]): Literal[] => values.map((value) => mapTexts(value, change))
  const chain = (calls: readonly Call[]): Call[] =>
    calls.map(({ method, given }) => ({ method, given: all(given) }))
  switch (deed.type) {
    case 'goto':
    case 'url':
      return { ...deed, url: mapTexts(deed.url, change) }
    case 'title':
      return { ...deed, title: mapTexts(deed.title, change) }
    case 'act':
    case 'expect':
      return { ...deed, target: chain(deed.target), given: all(deed.given) }
    default:
      return deed
  }
}
