import { field } from '../literals.ts'
import type { Deed, Literal, Matcher } from '../recording.ts'
import type { Link } from './chain.ts'

/** What an expectation says; a text where it cannot be kept. */
export function expectation(
  target: (Deed & { type: 'expect' })['target'],
  links: readonly Link[],
  given: readonly Literal[],
): Deed | string {
  const names = links.map(({ name }) => name)
  const not = names[0] === 'not'
  const name = names[not ? 1 : 0] ?? ''
  if (names.length !== (not ? 2 : 1)) return 'it is no expectation that Playwright has'
  const [first] = given
  if (target.length === 0) return ofPage(name, not, first)
  const expect = (matcher: Matcher, ...own: Literal[]): Deed => ({
    type: 'expect',
    target,
    matcher,
    given: own,
  })
  switch (name) {
    case 'toBeVisible':
      return expect(not || field(first, 'visible') === false ? 'hidden' : 'visible')
    case 'toBeHidden':
      return expect(not ? 'visible' : 'hidden')
    case 'toBeChecked':
      return expect('checked', ...(not || field(first, 'checked') === false ? [false] : []))
    case 'toContainText':
    case 'toHaveText':
    case 'toHaveValue':
      if (not) return `not.${name}() holds before the page has loaded as well: write what must be there`
      if (first === undefined || Array.isArray(first)) return `${name}() of several elements is not compared`
      return expect(TEXTS[name], first)
    case 'toBeEmpty':
      return not ? 'not.toBeEmpty() is not compared' : expect('hasValue', '')
    case 'toMatchAriaSnapshot':
      return 'k6 compares no accessibility trees: write checks of what matters in it'
    default:
      return `${name}() is not compared`
  }
}

const TEXTS = { toContainText: 'containsText', toHaveText: 'hasText', toHaveValue: 'hasValue' } as const

function ofPage(name: string, not: boolean, first: Literal | undefined): Deed | string {
  if (not || first === undefined) return `${name}() of a page is not compared`
  if (name === 'toHaveURL') return { type: 'url', url: first }
  if (name === 'toHaveTitle') return { type: 'title', title: first }
  return `${name}() of a page is not compared`
}
