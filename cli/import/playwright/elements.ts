import type { Call, Literal } from '../recording.ts'
import type { Body } from './body.ts'
import type { Chain, Link } from './chain.ts'
import { finderIn, isFinder } from './k6.ts'
import { valueOf } from './values.ts'

/** The page that a chain begins with, the element that its first links find, and the links after those. */
export interface Found {
  page: string
  target: readonly Call[]
  rest: readonly Link[]
}

/** What a chain is about; undefined where it is no page's, a text where k6 cannot find the element. */
export function foundBy(body: Body, { root, called, links }: Chain): Found | string | undefined {
  if (called !== undefined) return undefined
  const element = body.elements.get(root)
  const page = element?.page ?? body.pages.get(root)
  if (page === undefined) return undefined
  const target = [...(element?.target ?? [])]
  let count = 0
  for (const { name, given } of links) {
    if (given === undefined || !isFinder(name)) break
    const values = valuesOf(body, given)
    const calls =
      values === undefined ? `what ${name}() is given is known only when it runs` : finderIn(name, values)
    if (typeof calls === 'string') return calls
    target.push(...calls)
    count++
  }
  return { page, target, rest: links.slice(count) }
}

/** What a call is given; undefined where that is not known without running it. */
export function valuesOf(body: Body, given: NonNullable<Link['given']>): Literal[] | undefined {
  const values = given.map((node) => valueOf(node, body.constants))
  return values.every((value) => value !== undefined) ? values : undefined
}
