import { keyText, quoted } from '../../project/index.ts'
import { printable } from '../../base/index.ts'
import { field, isMixed, isPattern, plainText } from '../literals.ts'
import { addressOf, literal, pathPattern } from '../places.ts'
import type { Action, Call, Deed, Literal } from '../recording.ts'
import { named, shortened } from '../words.ts'
import { callLines, chainLines, line, listLines } from './lines.ts'
import { literalText } from './literal.ts'

/** What a source uses of `loadwright/browser`. */
export type Used = Set<string>

const MAX_SHOWN_CHARACTERS = 60

/** One action as statements of a step's body, at their depth. */
export function deedLines(depth: number, action: Action, base: string | undefined, used: Used): string[] {
  const { deed, page, place } = action
  switch (deed.type) {
    case 'goto':
      return [line(depth, `await ${page}.goto(${literalText(pathOf(deed.url, base))})`)]
    case 'page':
      return [line(depth, `await ${page}.${deed.method}()`)]
    case 'act':
      return actLines(depth, action, deed)
    case 'expect': {
      used.add('ensure').add(deed.matcher)
      const check = `${deed.matcher}(${deed.given.map(literalText).join(', ')})`
      const fields = `${keyText(checkName(deed))}: ${check}`
      return [callLines(depth, 'await ensure', page, deed.target.map(callText), fields)]
    }
    case 'title': {
      used.add('ensure')
      const name = `the title is "${shortened(plainText(deed.title), MAX_SHOWN_CHARACTERS)}"`
      return [callLines(depth, 'await ensure', page, [], `${quoted(name)}: ${titleCheck(deed.title)}`)]
    }
    case 'url':
      return [line(depth, `await ${page}.waitForURL(${literalText(urlPattern(deed.url))})`)]
    case 'left':
      return [line(depth, `// ${place} is left out: ${printable(deed.why)}`)]
    case 'pause':
      return []
  }
}

function actLines(depth: number, { page, navigates, opens }: Action, deed: Deed & { type: 'act' }): string[] {
  const calls = [...deed.target, { method: deed.method, given: deed.given }].map(callText)
  if (navigates === true)
    return [
      listLines(depth, 'await Promise.all([', [`${page}.waitForNavigation()`, page + calls.join('')], '])'),
    ]
  const act = chainLines(depth, `await ${page}`, calls)
  return opens === undefined
    ? [act]
    : [line(depth, `const opened = ${page}.context().waitForEvent('page')`), act]
}

const callText = ({ method, given }: Call): string => `.${method}(${given.map(literalText).join(', ')})`

/** A path of the target; an address elsewhere stays whole. */
export function pathOf(url: Literal, base: string | undefined): Literal {
  if (isMixed(url)) {
    const [first, ...rest] = url.parts
    return typeof first === 'string' ? { ...url, parts: [plainText(pathOf(first, base)), ...rest] } : url
  }
  const address = typeof url === 'string' ? addressOf(url) : undefined
  return address !== undefined && (address.origin === undefined || address.origin === base)
    ? address.path
    : url
}

/** A check as a sentence. */
function checkName({ target, matcher, given }: Deed & { type: 'expect' }): string {
  const { role, name, by } = named(target)
  const text = by === 'getByText' ? `"${name}"` : name
  const what = [role, text].filter(Boolean).join(' ') || 'element'
  const [value] = given
  const shown = `"${shortened(plainText(value), MAX_SHOWN_CHARACTERS)}"`
  switch (matcher) {
    case 'visible':
      return `${what} is shown`
    case 'hidden':
      return `${what} is gone`
    case 'checked':
      return value === false ? `${what} is not ticked` : `${what} is ticked`
    case 'hasValue':
      return isMixed(value)
        ? `${what} has its value`
        : value === ''
          ? `${what} is empty`
          : `${what} is ${shown}`
    default:
      return `${what} says ${shown}`
  }
}

const titleCheck = (title: Literal): string =>
  isPattern(title)
    ? `async (open) => ${literalText(title)}.test(await open.title())`
    : `async (open) => (await open.title()) === ${literalText(title)}`

/** The pattern of an address that is waited for: its path alone, so that it holds for every target. */
function urlPattern(url: Literal): Literal {
  if (isPattern(url)) return url
  const text = plainText(url)
  if (text.includes('*')) {
    const source = literal(text.replace(/^https?:\/\/[^/]+/, ''))
      .replace(/(?:\\\*)+/g, '.*')
      .replace(/^\.\*/, '')
    return { type: 'pattern', source: `${source}$`, flags: '' }
  }
  return { type: 'pattern', source: pathPattern(addressOf(text)?.path ?? text), flags: '' }
}

/** The name that an element is known by in a list of what to look at. */
export const fragileText = (target: readonly Call[]): string => target.map(callText).join('').slice(1)

/** Whether a redesign of the page may break how an element is found: by a place, a class, a number. */
export const isFragile = (target: readonly Call[]): boolean =>
  target.some(({ method, given }, index) =>
    method === 'locator'
      ? target[index + 1]?.method !== 'contentFrame' && field(given[1], 'hasText') === undefined
      : method === 'nth',
  )
