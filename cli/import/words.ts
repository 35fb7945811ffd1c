import { field, isPattern, plainText } from './literals.ts'
import type { Call } from './recording.ts'
import { pageName } from './places.ts'
import { wordsOf } from './secrets/wordsOf.ts'

/** What a person would call an element. */
export interface Named {
  /** Its role, where it was found by it. */
  role?: string
  /** Its label, text or name; empty where it has none. */
  name: string
  /** How it was found. */
  by: string
}

const MAX_NAME_CHARACTERS = 40
const MAX_SELECTOR_CHARACTERS = 300
/** Calls that choose among elements, and say nothing of what they are. */
const CHOOSERS = new Set(['nth', 'first', 'last', 'filter', 'contentFrame'])

/** What a chain of calls finds, in words. */
export function named(target: readonly Call[]): Named {
  const call = target.findLast(({ method }) => !CHOOSERS.has(method))
  const [first, options] = call?.given ?? []
  const by = call?.method ?? ''
  if (by === 'getByRole')
    return { by, role: plainText(first), name: shortened(plainText(field(options, 'name'))) }
  if (by === 'locator') {
    const selector = plainText(first)
    const href = /\bhref[*^$]?=['"]?(\/[^'"\]]*)/.exec(selector)?.[1]
    if (href !== undefined) return { by, role: 'link', name: pageName(href) }
    return { by, name: shortened(wordsOf(nameIn(selector))) }
  }
  if (by === 'getByTestId') return { by, name: shortened(wordsOf(plainText(first))) }
  return { by, name: shortened(isPattern(first) ? wordsOf(first.source) : plainText(first)) }
}

/** Cut at a word, on one line, without what k6 takes for a path. */
export function shortened(text: string, most = MAX_NAME_CHARACTERS): string {
  const line = text.replace(/::/g, ':').replace(/\s+/g, ' ').trim()
  if (line.length <= most) return line
  const cut = line.slice(0, most)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2)).trim()}…`
}

/** What a selector calls its element: an id, a name, a class, else its tag. */
function nameIn(whole: string): string {
  const selector = whole.slice(0, MAX_SELECTOR_CHARACTERS)
  const patterns = [
    /#([\w-]+)(?!.*#)/,
    /\[(?:name|id|data-[\w-]+|aria-label|placeholder|title|href)[*^$~|]?=['"]?([^'"\]]+)/,
    /\.([A-Za-z][\w-]+)(?!.*\.[A-Za-z])/,
    /([a-z][\w-]*)\W*$/i,
  ]
  for (const pattern of patterns) {
    const found = pattern.exec(selector)?.[1]
    if (found !== undefined) return found
  }
  return ''
}

/** A name for a step: in small letters, without what is of one run alone: ids, prices, counts. */
export function common(name: string): string {
  return name
    .replace(/…$/, '')
    .split(' ')
    .filter((word) => !/\d/.test(word) && /[\p{L}]/u.test(word))
    .join(' ')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s'’&/-]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}
