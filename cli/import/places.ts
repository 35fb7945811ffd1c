import { escapeRegExp } from '../../config/escapeRegExp.ts'
import { plainText } from './literals.ts'
import type { Action, RecordedJourney } from './recording.ts'
import { isId } from './traffic/template.ts'

/** The address of a page, taken apart. */
export interface Address {
  /** `https://shop.example.com`; undefined of a path alone. */
  origin?: string
  /** Path, query and fragment. */
  path: string
}

/** Takes an address apart; undefined where it is none that a browser opens from a server. */
export function addressOf(text: string): Address | undefined {
  if (/^\/(?!\/)/.test(text)) return { path: text }
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return undefined
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  return {
    origin: url.origin,
    path: text.includes('?') || text.includes('#') || url.pathname !== '/' ? pathIn(text) : '/',
  }
}

/** As it was written: what was escaped stays so. */
const pathIn = (text: string): string => {
  const path = text.replace(/^https?:\/\/[^/?#]*/i, '')
  return path.startsWith('/') ? path : `/${path}`
}

/** Where the recording was made: the origin that it opened first. */
export function originOf(journeys: readonly RecordedJourney[]): string | undefined {
  for (const { actions } of journeys)
    for (const { deed } of actions) {
      const origin = deed.type === 'goto' ? addressOf(plainText(deed.url))?.origin : undefined
      if (origin !== undefined) return origin
    }
  return undefined
}

/** Whether a part of a path is of one thing alone; what was cut is no name, either. */
const isOne = (part: string): boolean => part.includes('…') || isId(part)

const partsOf = (path: string): string[] =>
  path
    .replace(/[?#].*$/s, '')
    .split('/')
    .filter(Boolean)

/** What a person would call the page at a path: `home`, `product`. */
export function pageName(path: string): string {
  const names = partsOf(path)
    .filter((part) => !isOne(part))
    .map((part) =>
      part
        .replace(/\.\w+$/, '')
        .replace(/[^A-Za-z\d]+/g, ' ')
        .trim()
        .toLowerCase(),
    )
    .filter(Boolean)
  return names.at(-1) ?? 'home'
}

/** The pages that a journey opens by their addresses, with patterns of those: ids are any. */
export function pagesOf(actions: readonly Action[], base: string | undefined): Map<string, string> {
  const pages = new Map<string, string>()
  for (const { deed } of actions) {
    const address = deed.type === 'goto' ? addressOf(plainText(deed.url)) : undefined
    if (address === undefined || (address.origin !== undefined && address.origin !== base)) continue
    const parts = partsOf(address.path).map((part) => (isOne(part) ? '[^/?#]+' : literal(part)))
    const name = pageName(address.path)
    if (!pages.has(name))
      pages.set(name, `^https?:\\/\\/[^/]+\\/${parts.join('\\/')}${parts.length > 0 ? '\\/?' : ''}(?:[?#]|$)`)
  }
  return pages
}

/** The pattern of addresses with a path. */
export const pathPattern = (path: string): string =>
  `${
    partsOf(path)
      .map((part) => `\\/${literal(part)}`)
      .join('') || '[^/]\\/'
  }\\/?(?:[?#]|$)`.replace('[^/]\\/\\/?', '[^/]\\/')

/** A text as it is written between the slashes of a pattern. */
export const literal = (text: string): string => escapeRegExp(text).replaceAll('/', '\\/')
