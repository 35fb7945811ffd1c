import { fields, isFields } from '../literals.ts'
import type { Call, Literal } from '../recording.ts'

/** The options that k6's locators take, by the call; other options of Playwright's are none of k6's. */
const TEXT = ['exact']
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  getByRole: [
    'name',
    'exact',
    'checked',
    'disabled',
    'expanded',
    'includeHidden',
    'level',
    'pressed',
    'selected',
  ],
  getByLabel: TEXT,
  getByText: TEXT,
  getByPlaceholder: TEXT,
  getByAltText: TEXT,
  getByTitle: TEXT,
  getByTestId: [],
  locator: ['hasText', 'hasNotText'],
  filter: ['hasText', 'hasNotText'],
  nth: [],
  first: [],
  last: [],
  contentFrame: [],
}

const POINTER = ['button', 'modifiers', 'position', 'clickCount', 'delay', 'force', 'timeout', 'trial']
const TYPING = ['delay', 'timeout']
const PLAIN = ['force', 'timeout']
/** What k6's locators do, by their options. */
const ACTS: Readonly<Record<string, readonly string[]>> = {
  click: POINTER,
  dblclick: POINTER,
  hover: ['modifiers', 'position', 'force', 'timeout', 'trial'],
  tap: ['modifiers', 'position', 'force', 'timeout', 'trial'],
  check: ['position', 'force', 'timeout', 'trial'],
  uncheck: ['position', 'force', 'timeout', 'trial'],
  setChecked: ['position', 'force', 'timeout', 'trial'],
  fill: PLAIN,
  clear: PLAIN,
  selectOption: PLAIN,
  focus: ['timeout'],
  press: TYPING,
  type: TYPING,
  pressSequentially: TYPING,
}

/** Whether a locator of k6's does this. */
export const isAct = (name: string): boolean => Object.hasOwn(ACTS, name)
/** Whether a call finds an element, in k6 or in Playwright. */
export const isFinder = (name: string): boolean =>
  Object.hasOwn(OPTIONS, name) || ['frameLocator', 'describe', 'and', 'or', 'owner'].includes(name)

/** A call that finds an element, as k6 has it: none or several; a text says why k6 has none. */
export function finderIn(method: string, given: readonly Literal[]): Call[] | string {
  // A frame by its selector: k6's types have its longer form alone.
  if (method === 'frameLocator')
    return [
      { method: 'locator', given },
      { method: 'contentFrame', given: [] },
    ]
  if (method === 'describe') return []
  const known = OPTIONS[method]
  if (known === undefined) return `k6 has no ${method}()`
  const kept = withOptions(given, known)
  return typeof kept === 'string' ? `k6's ${method}() has no ${kept}` : [{ method, given: kept }]
}

/** What an act is given, as k6 takes it: `ControlOrMeta` is the key of Linux, on which load is made. */
export function givenToAct(method: string, given: readonly Literal[]): readonly Literal[] | string {
  const value = given[0]
  if (method === 'selectOption' && Array.isArray(value) && value.some((each) => typeof each !== 'string'))
    return 'k6 selects several options by their values alone'
  const takesObject = method === 'selectOption' && isFields(value)
  const [first, rest] = takesObject ? [given.slice(0, 1), given.slice(1)] : [[], given]
  const kept = withOptions(rest, ACTS[method] ?? [])
  return typeof kept === 'string'
    ? `k6's ${method}() has no ${kept}`
    : [...first, ...kept].map((each) => (method === 'press' || isFields(each) ? forLinux(each) : each))
}

/** What a call is given, without empty options; the first option that k6 does not have, as a text. */
function withOptions(given: readonly Literal[], known: readonly string[]): readonly Literal[] | string {
  const last = given.at(-1)
  if (!isFields(last)) return given
  const foreign = last.fields.find(([name]) => !known.includes(name))
  if (foreign) return `option ${foreign[0]}`
  return last.fields.length === 0 ? given.slice(0, -1) : given
}

function forLinux(value: Literal): Literal {
  if (typeof value === 'string') return value.replace(/^ControlOrMeta(?=\+|$)/, 'Control')
  if (Array.isArray(value)) return (value as readonly Literal[]).map(forLinux)
  if (!isFields(value)) return value
  return fields(value.fields.map(([name, own]) => [name, name === 'modifiers' ? forLinux(own) : own]))
}
