import type { AnyNode } from 'acorn'
import { field } from '../literals.ts'
import type { Deed, Literal } from '../recording.ts'
import { add, type Body } from './body.ts'
import type { Chain } from './chain.ts'
import { foundBy, valuesOf } from './elements.ts'
import { expectation } from './expectation.ts'
import { givenToAct, isAct } from './k6.ts'
import { chainOf } from './chain.ts'

/** What a recorder writes beside what a person did: the journey does it itself, or nobody needs it. */
const SILENT = new Set([
  'close',
  'bringToFront',
  'pause',
  'scrollIntoViewIfNeeded',
  'waitForLoadState',
  'waitForNavigation',
])

/** Reads what a chain of calls does or expects; false where it is about no page. */
export function readChain(body: Body, node: AnyNode, chain: Chain): boolean {
  if (chain.root === 'expect') return readExpectation(body, node, chain)
  const found = foundBy(body, chain)
  if (found === undefined) return false
  const left = (why: string): void =>
    add(body, node, body.pages.get(chain.root) ?? 'page', { type: 'left', why })
  if (typeof found === 'string') {
    left(found)
    return true
  }
  const [act, ...more] = found.rest
  if (act?.name === 'on' || act?.name === 'once') {
    body.dialogs = true
    return true
  }
  if (act?.given === undefined || more.length > 0) {
    left(`${found.rest.map(({ name }) => name).join('.')}() is nothing that is imported`)
    return true
  }
  const { name } = act
  if (SILENT.has(name)) return true
  const given = valuesOf(body, act.given)
  if (given === undefined) {
    left(`what ${name}() is given is known only when it runs`)
    return true
  }
  const deed = found.target.length > 0 ? onElement(found.target, name, given) : onPage(name, given)
  add(body, node, found.page, typeof deed === 'string' ? { type: 'left', why: deed } : deed)
  return true
}

type Given = readonly Literal[]

function onElement(target: (Deed & { type: 'act' })['target'], name: string, given: Given): Deed | string {
  if (name === 'waitFor') {
    const state = field(given[0], 'state')
    return {
      type: 'expect',
      target,
      matcher: state === 'hidden' || state === 'detached' ? 'hidden' : 'visible',
      given: [],
    }
  }
  if (name === 'setInputFiles') return "k6's locators take no files"
  if (!isAct(name)) return `${name}() is nothing that a locator of k6 does`
  const own = givenToAct(name, given)
  return typeof own === 'string' ? own : { type: 'act', target, method: name, given: own }
}

function onPage(name: string, given: Given): Deed | string {
  const [first, ...rest] = given
  if (name === 'goto') return first === undefined ? 'goto() without an address' : { type: 'goto', url: first }
  if (name === 'reload' || name === 'goBack' || name === 'goForward') return { type: 'page', method: name }
  if (name === 'waitForTimeout') return { type: 'pause', milliseconds: typeof first === 'number' ? first : 0 }
  if (name === 'waitForURL')
    return first === undefined ? 'waitForURL() without an address' : { type: 'url', url: first }
  // As it was before there were locators: page.click('#buy').
  const target = [{ method: 'locator', given: given.slice(0, 1) }]
  if (name === 'waitForSelector') return onElement(target, 'waitFor', rest)
  if (typeof first === 'string' && isAct(name)) return onElement(target, name, rest)
  return `${name}() is nothing that is imported`
}

function readExpectation(body: Body, node: AnyNode, { called, links }: Chain): boolean {
  const soft = links[0]?.name === 'soft' ? links[0].given : undefined
  const [of] = soft ?? called ?? []
  const chain = of && chainOf(of)
  const found = chain && foundBy(body, chain)
  if (found === undefined) {
    add(body, node, 'page', {
      type: 'left',
      why: 'it expects something of a value that is known only when it runs',
    })
    return true
  }
  const told = soft ? links.slice(1) : links
  const given = typeof found === 'string' ? undefined : valuesOf(body, told.at(-1)?.given ?? [])
  const deed =
    typeof found === 'string'
      ? found
      : given === undefined
        ? 'what it expects is known only when it runs'
        : found.rest.length > 0
          ? 'it expects something of a value that is known only when it runs'
          : expectation(found.target, told, given)
  add(
    body,
    node,
    typeof found === 'string' ? 'page' : found.page,
    typeof deed === 'string' ? { type: 'left', why: deed } : deed,
  )
  return true
}
