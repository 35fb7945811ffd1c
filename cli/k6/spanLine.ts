import type { SpanEvent, SpanPart } from '../../lib/catalog.ts'
import { eventOf, unquote } from './console.ts'
import { defined } from '../base/index.ts'

/** How a line of spans begins in k6's log, behind its time. */
const MARK = 'msg="{\\"loadwright\\":\\"span\\",'

/** Whether a line of k6's log holds spans, or the beginning of such a line. */
export function isSpanLine(line: string): boolean {
  return line.startsWith('time="') && line.includes(MARK)
}

/** The spans that a line of k6's log holds, checked and bounded; undefined where it has none. */
export function spansOf(line: string): SpanEvent | undefined {
  if (!isSpanLine(line)) return undefined
  const end = line.lastIndexOf('"')
  const event = eventOf(unquote(line.slice(line.indexOf(MARK) + 5, end)))
  const { trace_id, tags, spans } = event ?? {}
  if (!isId(trace_id, 32) || !isObject(tags) || !Array.isArray(spans) || spans.length > MAX_SPANS)
    return undefined
  const [root, ...rest] = spans.map(partOf)
  if (!root || root.parent !== undefined || !rest.every((part) => part?.parent !== undefined))
    return undefined
  const simple = Object.entries(tags).flatMap(([name, value]) => (isSimple(value) ? [[name, value]] : []))
  return {
    trace_id,
    tags: Object.fromEntries(simple) as SpanEvent['tags'],
    spans: [root, ...(rest as SpanPart[])],
  }
}

const MAX_SPANS = 10_000
/** Characters that are kept of each text. */
const LENGTHS = { name: 200, error: 300, method: 20, url: 2000 } as const
/** The last time that a date can say (milliseconds since 1970). */
const LATEST_MS = 8.64e15

function partOf(value: unknown): SpanPart | undefined {
  if (!isObject(value)) return undefined
  const { id, parent, at, ms, status } = value
  if (!isId(id, 16) || !(parent === undefined || isId(parent, 16))) return undefined
  if (![at, ms, status].every((each) => each === undefined || isTime(each))) return undefined
  const part: Record<string, unknown> = { id, parent, at, ms, status }
  for (const [key, most] of Object.entries(LENGTHS)) {
    const text = value[key]
    if (text !== undefined && typeof text !== 'string') return undefined
    part[key] = text?.slice(0, most)
  }
  return defined(part) as never
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
const isId = (value: unknown, digits: number): value is string =>
  typeof value === 'string' && value.length === digits && /^[\da-f]*[1-9a-f][\da-f]*$/.test(value)
const isTime = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= LATEST_MS
const isSimple = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value)
