import { isRecord } from '../studio/raw.ts'
import type { Draft } from './draft.ts'
import { entitiesIn } from './htmlReading.ts'
import { isGraphql, operationNames, operationOf, operationsOf } from './operation.ts'
import { nounOf } from './template.ts'
import { readJson } from './readJson.ts'

/** What is checked of an answer. */
export interface Expected {
  /** What the answer is called. */
  noun: string
  /** Undefined where none was recorded. */
  status: number | undefined
  /** A text of its body, or where its JSON has something, and what that is in words. */
  marker?: ({ text: string } | { key: string }) & { name: string }
  /** Of operations of GraphQL, whether their answer had errors: of its body nothing else is checked. */
  errors?: boolean
  /** What its author checks beside those. */
  more?: readonly WrittenCheck[]
  /** Statuses that its author takes for right, where none was recorded. */
  accepts?: readonly number[]
  /** Whether nothing said what its status has to be. */
  guessed?: true
}

/** A check as its author wrote it. */
export interface WrittenCheck {
  name: string
  /** The predicate, as source. */
  test: string
  /** The name of the library that it uses. */
  uses?: string
}

const MAX_MARKER_CHARACTERS = 60

/** What each answer has to be: its status, and a text that only this page has; never one that is of one user. */
export function expectedOf(drafts: readonly Draft[], changing: (text: string) => boolean): Expected[] {
  const pages = drafts.map(({ exchange }) => textsOf(exchange.answer?.type, exchange.answer?.text))
  return drafts.map((draft, index) => {
    const { exchange, payload } = draft
    const { answer, url } = exchange
    const operations = operationNames(draft)
    const noun = operations?.join(' and ') ?? nounOf(new URL(url).pathname)
    // What a browser had already, a new user gets whole.
    const status = answer?.status === 304 ? 200 : answer?.status === 0 ? undefined : answer?.status
    if (payload?.type === 'socket') return { noun, status: undefined }
    if (isGraphql(draft)) {
      const errors = hasErrors(answer?.text)
      return (operationOf(draft) ?? operationsOf(draft)) === undefined
        ? { noun, status, errors }
        : { noun, status: undefined, errors, accepts: status === undefined ? [] : [status] }
    }
    const others = pages.filter((_, own) => own !== index)
    const own = pages[index] ?? []
    const fit = own.filter((text) => isMarker(text) && !changing(text))
    const text = fit.find((one) => !others.some((list) => list.includes(one))) ?? fit[0]
    if (text !== undefined) return { noun, status, marker: { text, name: `says "${entitiesIn(text)}"` } }
    const key = status !== undefined && status < 300 ? keyOf(answer?.type, answer?.text) : undefined
    if (key === undefined) return { noun, status }
    return { noun, status, marker: { key, name: `has ${key}` } }
  })
}

function hasErrors(text: string | undefined): boolean {
  return [readJson(text ?? '')]
    .flat()
    .some((json) => isRecord(json) && Array.isArray(json.errors) && json.errors.length > 0)
}

/** Headings and the title of a page. */
const textsOf = (type: string | undefined, text: string | undefined): string[] =>
  /html/i.test(type ?? '')
    ? Array.from((text ?? '').matchAll(/<(h1|title|h2|h3)\b[^>]*>([^<]+)</gi))
        .toSorted(([, a = ''], [, b = '']) => RANKS.indexOf(a.toLowerCase()) - RANKS.indexOf(b.toLowerCase()))
        .map(([, , own = '']) => own.trim())
    : []
const RANKS = ['h1', 'title', 'h2', 'h3']

/** Digits are of one moment, and a long text is changed often. */
const isMarker = (text: string): boolean =>
  text.length > 1 && text.length <= MAX_MARKER_CHARACTERS && !/\d|\n/.test(text) && /\p{L}/u.test(text)

/** The first name of a JSON object that has something. */
function keyOf(type: string | undefined, text: string | undefined): string | undefined {
  const json = /json/i.test(type ?? '') ? readJson(text ?? '') : undefined
  if (!isRecord(json)) return undefined
  return Object.keys(json).find((key) => /^[A-Za-z_]\w*$/.test(key) && key !== 'errors' && json[key] !== null)
}
