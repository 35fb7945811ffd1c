import { escapeRegExp } from '../../../config/escapeRegExp.ts'

/** A pattern whose first group is a value, and which of its matches it is. */
export interface Found {
  pattern: string
  index: number
  /** The word in front of it. */
  name: string
}

const MAX_PLACES = 20
const MAX_MATCHES = 500

/** A pattern that reads a value from a text by what stands in front of it; undefined where none does. */
export function textReading(text: string, value: string): Found | undefined {
  let best: Found | undefined
  let place = text.indexOf(value)
  for (let count = 0; place >= 0 && count < MAX_PLACES; count++) {
    const found = at(text, value, place)
    if (found !== undefined && (best === undefined || found.index < best.index)) best = found
    if (best?.index === 0) break
    place = text.indexOf(value, place + value.length)
  }
  return best
}

function at(text: string, value: string, place: number): Found | undefined {
  const left = text.slice(Math.max(0, place - 80), place).replace(/^[^]*\n/, '')
  const group = groupOf(value, text.charAt(place + value.length))
  if (group === undefined || /[\w-]$/.test(left)) return undefined
  let last: Found | undefined
  for (const words of [1, 2, 3]) {
    const before = new RegExp(`(?:[A-Za-z_$][\\w$-]*[^\\w\\n]{1,5}){${words}}$`).exec(left)?.[0]
    // What is random itself is another one next time.
    if (before === undefined || /\d{3}|[\w-]{30}/.test(before)) break
    const pattern = escapeRegExp(before).replaceAll('/', '\\/') + group
    const index = indexOf(text, pattern, value)
    if (index === undefined) continue
    const name = /^[\w$-]+/.exec(before)?.[0] ?? ''
    if (last === undefined || index < last.index)
      last = { pattern, index, name: words === 1 ? name : (last?.name ?? name) }
    if (index === 0) break
  }
  return last
}

/** What a value consists of, up to the character that ends it. */
function groupOf(value: string, next: string): string | undefined {
  if (/^[\w-]+$/.test(value) && !/[\w-]/.test(next)) return '([\\w-]+)'
  if (next === '"' || next === "'" || next === '<') return value.includes(next) ? undefined : `([^${next}]+)`
  return /^[^"'<>\s&]+$/.test(value) && /^(?:["'<>\s&]|)$/.test(next) ? `([^"'<>\\s&]+)` : undefined
}

function indexOf(text: string, pattern: string, value: string): number | undefined {
  let index = 0
  for (const [, own] of text.matchAll(new RegExp(pattern, 'g'))) {
    if (own === value) return index
    if (++index > MAX_MATCHES) return undefined
  }
  return undefined
}
