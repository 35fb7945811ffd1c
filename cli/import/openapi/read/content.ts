import type { Documents } from './documents.ts'
import { examplesOf } from './examples.ts'
import { child, children, keyOf, own, type Place } from './place.ts'

/** What is sent or answered, in one of its types. */
export interface Content {
  /** Its media type, without parameters, such as `application/json`. */
  type: string
  kind: 'json' | 'form' | 'multipart' | 'text'
  schema: Place
  examples: readonly Place[]
  /** Other types that it could have. */
  others: readonly string[]
}

const KINDS = ['json', 'form', 'multipart', 'text'] as const

/** The content of a body or an answer: JSON where there is a choice, else a form, else anything. */
export function contentOf(place: Place, documents: Documents): Content | undefined {
  const all = children(child(place, 'content')).map((one) => {
    const type = keyOf(one).split(';', 1)[0]?.trim().toLowerCase() ?? ''
    return { place: one, type: type === '*/*' ? 'application/json' : type, any: type === '*/*' }
  })
  const best = KINDS.flatMap((kind) => all.filter(({ type }) => kindOf(type) === kind))[0]
  if (best === undefined) return undefined
  return {
    type: best.type,
    kind: kindOf(best.type),
    schema: child(best.place, 'schema'),
    examples: examplesOf(best.place, documents),
    others: all.filter((one) => one !== best).map(({ type }) => type),
  }
}

function kindOf(type: string): Content['kind'] {
  if (/^application\/(?:[\w.-]+\+)?json$/.test(type)) return 'json'
  if (type === 'application/x-www-form-urlencoded') return 'form'
  return type.startsWith('multipart/') ? 'multipart' : 'text'
}

/** What an operation answers where all is well. */
export interface Success {
  /** Statuses that it documents: those of 200 to 299, or of 300 to 399 where there are no others. */
  statuses: readonly number[]
  contents: readonly Content[]
  /** Whether one of its answers has no content. */
  empty: boolean
}

/** What an operation answers where all is well. */
export function successOf(operation: Place, documents: Documents): Success {
  const answers = children(child(operation, 'responses')).map((one) => ({
    key: keyOf(one).toUpperCase(),
    place: documents.follow(one),
  }))
  const of = (digit: string) =>
    answers.filter(({ key }) => key.startsWith(digit) && /^\d(?:\d\d|XX)$/.test(key))
  const good = of('2').length > 0 ? of('2') : of('3')
  const chosen = good.length > 0 ? good : answers.filter(({ key }) => key === 'DEFAULT')
  const contents = chosen.map(({ place }) => contentOf(place, documents))
  return {
    statuses: good.some(({ key }) => key.endsWith('XX')) ? [] : good.map(({ key }) => Number(key)),
    contents: contents.filter((content) => content !== undefined),
    empty: contents.includes(undefined),
  }
}

/** Whether an answer never ends: k6 cannot read what a server goes on sending. */
export const isStream = (success: Success): boolean =>
  success.contents.some(({ type }) => type === 'text/event-stream')

/** Whether a schema's property is one that answers do not have. */
export const isWriteOnly = (schema: unknown): boolean => own(schema, 'writeOnly') === true
