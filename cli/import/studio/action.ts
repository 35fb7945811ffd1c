import type { Action, Call, Deed, Literal } from '../recording.ts'
import { fields } from '../literals.ts'
import { readLocator } from './locator.ts'
import { isRecord, textAt, type Raw } from './raw.ts'

/** Reads one action; what is wrong with it is added to `problems`. */
export function readAction(raw: unknown, place: string, problems: string[]): Action {
  const action = { place, page: 'page' }
  const method = isRecord(raw) ? textAt(raw, 'method') : undefined
  if (!isRecord(raw) || method === undefined) {
    problems.push(`${place}: got no method; allowed: such as "page.goto" or "locator.click"`)
    return { ...action, deed: { type: 'left', why: '' } }
  }
  if (!method.startsWith('locator.')) return { ...action, deed: pageDeed(raw, method, place, problems) }
  const target = readLocator(raw.locator, raw.frames)
  if (target === undefined) {
    problems.push(`${place}: ${method} has no locator that can be read`)
    return { ...action, deed: { type: 'left', why: '' } }
  }
  const options = isRecord(raw.options) ? raw.options : {}
  const deed = deedOf(raw, method.slice('locator.'.length), target, options)
  return {
    ...action,
    deed,
    hints: JSON.stringify(isRecord(raw.locator) ? raw.locator.values : ''),
    ...(options.switchesToNewPage === true ? { opens: 'page1' } : undefined),
    ...(options.waitForNavigation === true && options.switchesToNewPage !== true
      ? { navigates: true }
      : undefined),
  }
}

function pageDeed(raw: Raw, method: string, place: string, problems: string[]): Deed {
  switch (method) {
    case 'page.goto': {
      const url = textAt(raw, 'url')
      if (url === undefined || url.trim() === '') problems.push(`${place}: page.goto has no url`)
      return { type: 'goto', url: url?.trim() ?? '' }
    }
    case 'page.reload':
      return { type: 'page', method: 'reload' }
    case 'page.waitForTimeout':
      return { type: 'pause', milliseconds: typeof raw.timeout === 'number' ? Math.max(0, raw.timeout) : 0 }
    case 'page.waitForNavigation':
      return { type: 'left', why: 'what comes after it waits for its own element' }
    case 'page.close':
      return { type: 'left', why: 'the journey closes its pages itself' }
    default:
      return { type: 'left', why: `${method.slice(0, 60)} is nothing that a page of k6 does` }
  }
}

function deedOf(raw: Raw, method: string, target: Call[], options: Raw): Deed {
  const act = (...given: Literal[]): Deed => ({ type: 'act', target, method, given })
  const expect = (
    matcher: 'visible' | 'hidden' | 'containsText' | 'hasValue' | 'checked',
    ...given: Literal[]
  ): Deed => ({
    type: 'expect',
    target,
    matcher,
    given,
  })
  switch (method) {
    case 'click':
    case 'dblclick': {
      const kept: [string, Literal][] = []
      if (options.button === 'right' || options.button === 'middle') kept.push(['button', options.button])
      const modifiers = Array.isArray(options.modifiers)
        ? options.modifiers.filter((one) => typeof one === 'string')
        : []
      if (modifiers.length > 0) kept.push(['modifiers', modifiers])
      return act(...(kept.length > 0 ? [fields(kept)] : []))
    }
    case 'fill':
      return act(textAt(raw, 'value') ?? '')
    case 'type':
      return act(textAt(raw, 'text') ?? '')
    case 'press':
      return act(textAt(raw, 'key') ?? '')
    case 'setChecked':
      return act(raw.checked === true)
    case 'selectOption':
      return selection(raw, act)
    case 'check':
    case 'uncheck':
    case 'clear':
    case 'hover':
    case 'tap':
    case 'focus':
      return act()
    case 'waitFor':
      return options.state === 'hidden' || options.state === 'detached' ? expect('hidden') : expect('visible')
    case 'toBeVisible':
      return expect(raw.visible === false ? 'hidden' : 'visible')
    case 'toBeChecked':
      return expect('checked', ...(raw.checked === false ? [false] : []))
    case 'toContainText':
      return expect('containsText', textAt(raw, 'expected') ?? '')
    case 'toHaveValue': {
      const value = singleValue(raw)
      return value === undefined
        ? { type: 'left', why: 'several values of a list are not compared' }
        : expect('hasValue', value)
    }
    default:
      return { type: 'left', why: `${method.slice(0, 60)} is nothing that a locator of k6 does` }
  }
}

/** Options by what the recording knows of each: its value, else its label, else its place. */
function selection(raw: Raw, act: (...given: Literal[]) => Deed): Deed {
  const values = (Array.isArray(raw.values) ? raw.values : []).filter(isRecord)
  const texts = values.map((one) => textAt(one, 'value'))
  if (texts.length === 1 && values[0] !== undefined && texts[0] === undefined) {
    const { label, index } = values[0]
    if (typeof label === 'string') return act(fields([['label', label]]))
    if (typeof index === 'number') return act(fields([['index', index]]))
  }
  const known = texts.filter((text) => text !== undefined)
  if (known.length < values.length)
    return { type: 'left', why: 'k6 selects several options by their values alone' }
  return act(known.length === 1 ? (known[0] ?? '') : known)
}

function singleValue({ expected, values }: Raw): string | undefined {
  const list = isRecord(expected) && isRecord(expected.values) ? expected.values : undefined
  if (list !== undefined)
    return (expected as Raw).current === 'multiple' ? undefined : (textAt(list, 'single') ?? '')
  // As older versions wrote it.
  const [only, ...others] = Array.isArray(values) ? (values as unknown[]) : []
  return others.length === 0 && typeof only === 'string' ? only : undefined
}
