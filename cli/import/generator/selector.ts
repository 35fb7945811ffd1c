import { escapeRegExp } from '../../../config/escapeRegExp.ts'
import { textAt, type Raw } from '../studio/raw.ts'

/** Where a selector looks. */
export type From = 'headers' | 'body' | 'url'

/** How a rule finds a value. */
export type Selector =
  | { by: 'pattern'; from: From; pattern: RegExp }
  | { by: 'json'; path: readonly string[] }
  | { by: 'header'; name: string }
  | { by: 'text'; from: From; text: string }

/** A repeated group that repeats: it may take for ever. */
const SLOW = /\((?:[^()\\]|\\.)*[+*}](?:[^()\\]|\\.)*\)(?:[+*]|\{\d)/

/** Reads a selector; a sentence where no rule can use it. */
export function selectorIn(raw: Raw): Selector | string {
  const from = textAt(raw, 'from')
  const place: From = from === 'headers' || from === 'url' ? from : 'body'
  switch (raw.type) {
    case 'begin-end': {
      const [begin, end] = [textAt(raw, 'begin') ?? '', textAt(raw, 'end') ?? '']
      if (begin === '' || end === '') return 'its selector has no begin or no end'
      return {
        by: 'pattern',
        from: place,
        pattern: new RegExp(`${escapeRegExp(begin)}(.*?)${escapeRegExp(end)}`),
      }
    }
    case 'regex': {
      const text = textAt(raw, 'regex') ?? ''
      if (text === '') return 'its pattern is empty'
      if (SLOW.test(text) || text.length > 500)
        return 'its pattern repeats a repetition, which may take for ever'
      try {
        return { by: 'pattern', from: place, pattern: new RegExp(text) }
      } catch {
        return 'its pattern is none that JavaScript has'
      }
    }
    case 'json': {
      const path = (textAt(raw, 'path') ?? '').match(/[^.[\]"'$]+|\$(?=\w)/g) ?? []
      return path.length === 0 ? 'its selector has no path' : { by: 'json', path }
    }
    case 'header-name': {
      const name = (textAt(raw, 'name') ?? '').trim()
      return name === '' ? 'its selector has no header' : { by: 'header', name }
    }
    case 'text': {
      const text = textAt(raw, 'value') ?? ''
      return text === '' ? 'its selector has no text' : { by: 'text', from: place, text }
    }
    default:
      return 'its selector is of a kind that k6 Studio does not have'
  }
}
