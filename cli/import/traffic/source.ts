/** A part of an answer whose text is read: a leaf of its JSON, a header. */
export type Inside = { json: string } | { header: string }

/** How a value is read from an answer. */
export type Reading =
  | { from: 'json'; path: string; number: boolean }
  | { from: 'input'; name: string; index: number }
  | { from: 'meta'; name: string; index: number }
  | { from: 'header'; name: string }
  | { from: 'cookie'; name: string; encoded: boolean }
  | { from: 'text'; pattern: string; index: number; inside?: Inside }
  | { from: 'url'; pattern: string }

/** Where a value came from first. */
export interface Source {
  /** Which answer, from 0. */
  at: number
  reading: Reading
  /** What the answer calls it; empty where it has no name. */
  name: string
  /** How well this place says that it is this value: higher is better. */
  weight: number
}

/** Where a value was read, in words. */
export function readingText(reading: Reading): string {
  switch (reading.from) {
    case 'json':
      return `"${reading.path}" of the JSON`
    case 'input':
      return `the field ${reading.name} of a form`
    case 'meta':
      return `the meta element ${reading.name}`
    case 'header':
      return `the header ${reading.name}`
    case 'cookie':
      return `the cookie ${reading.name}`
    case 'url':
      return 'the address that it led to'
    case 'text':
      return `the text at /${reading.pattern}/${insideText(reading.inside)}`
  }
}

const insideText = (inside: Inside | undefined): string => {
  if (inside === undefined) return ''
  return 'json' in inside ? ` of "${inside.json}"` : ` of the header ${inside.header}`
}
