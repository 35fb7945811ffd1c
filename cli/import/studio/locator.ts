import type { Call, Literal } from '../recording.ts'
import { fields } from '../literals.ts'
import { isRecord, textAt, type Raw } from './raw.ts'

/** How the ways to find an element are ranked where the recorded one is a place in the page: what a redesign changes least, first. */
const RANKED = ['role', 'label', 'placeholder', 'text', 'alt', 'title', 'testid'] as const

/** Frames in frames: a page has a few. */
const MAX_DEPTH = 20

/** A locator of k6 Studio's as a chain of calls; its frames come first. Undefined where it is none. */
export function readLocator(
  raw: unknown,
  frames: unknown,
  kind: 'element' | 'frame' = 'element',
  depth = 0,
): Call[] | undefined {
  if (!isRecord(raw) || depth > MAX_DEPTH) return undefined
  const own = chosen(raw)
  if (own === undefined) return undefined
  const parents = parentsOf(raw.parent, frames, depth + 1)
  if (parents === undefined) return undefined
  return [...parents, own, ...(kind === 'frame' ? [{ method: 'contentFrame', given: [] }] : [])]
}

/** The frames that an element is in, the outermost first: as a chain of parents, or as the list of older versions. */
function parentsOf(parent: unknown, frames: unknown, depth: number): Call[] | undefined {
  if (parent !== undefined) {
    const kind = isRecord(parent) && parent.type === 'element' ? 'element' : 'frame'
    return readLocator(parent, frames, kind, depth)
  }
  if (!Array.isArray(frames)) return []
  const calls: Call[] = []
  for (const frame of frames) {
    const own = readLocator(frame, undefined, 'frame', depth)
    if (own === undefined) return undefined
    calls.push(...own)
  }
  return calls
}

/** What its author chose; a place in the page only where nothing else is known. */
function chosen({ current, values }: Raw): Call | undefined {
  if (typeof current !== 'string' || !isRecord(values)) return undefined
  const ways = current === 'css' ? [...RANKED, 'css'] : [current]
  for (const way of ways) {
    const call = callOf(way, values[way])
    if (call !== undefined) return call
  }
  return undefined
}

function callOf(way: string, raw: unknown): Call | undefined {
  if (!isRecord(raw)) return undefined
  const { options } = raw
  const exact: [string, Literal][] = isRecord(options) && options.exact === true ? [['exact', true]] : []
  const found = (method: string, key: string): Call | undefined => {
    const text = textAt(raw, key)
    if (text === undefined || text.trim() === '') return undefined
    return { method, given: [text, ...(exact.length > 0 ? [fields(exact)] : [])] }
  }
  switch (way) {
    case 'role': {
      const role = textAt(raw, 'role')
      if (role === undefined || role === '') return undefined
      const name = isRecord(options) ? textAt(options, 'name') : undefined
      const own: [string, Literal][] = name === undefined || name === '' ? [] : [['name', name], ...exact]
      return { method: 'getByRole', given: [role, ...(own.length > 0 ? [fields(own)] : [])] }
    }
    case 'label':
      return found('getByLabel', 'label')
    case 'placeholder':
      return found('getByPlaceholder', 'placeholder')
    case 'title':
      return found('getByTitle', 'title')
    case 'alt':
      return found('getByAltText', 'text')
    case 'text':
      return found('getByText', 'text')
    case 'testid': {
      const id = textAt(raw, 'testId')
      return id === undefined || id === '' ? undefined : { method: 'getByTestId', given: [id] }
    }
    case 'css': {
      const selector = textAt(raw, 'selector')
      return selector === undefined || selector === '' ? undefined : { method: 'locator', given: [selector] }
    }
    default:
      return undefined
  }
}
