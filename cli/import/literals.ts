import type { Fields, Literal, Mixed, Pattern } from './recording.ts'

/** An object of values. */
export const fields = (entries: readonly (readonly [string, Literal])[]): Fields => ({
  type: 'fields',
  fields: entries,
})

/** Whether a value is an object of one kind. */
export const isFields = (value: Literal | undefined): value is Fields => typeOf(value) === 'fields'
export const isPattern = (value: Literal | undefined): value is Pattern => typeOf(value) === 'pattern'
export const isMixed = (value: Literal | undefined): value is Mixed => typeOf(value) === 'mixed'

const typeOf = (value: Literal | undefined): string | undefined =>
  typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined

/** The value of an object's key. */
export const field = (value: Literal | undefined, name: string): Literal | undefined =>
  isFields(value) ? value.fields.find(([own]) => own === name)?.[1] : undefined

/** A value with each text in it replaced. */
export function mapTexts(value: Literal, change: (text: string) => Literal): Literal {
  if (typeof value === 'string') return change(value)
  if (isMixed(value)) {
    const parts = value.parts.flatMap((part): Mixed['parts'] => {
      const own = typeof part === 'string' ? change(part) : undefined
      return isMixed(own) ? own.parts : [typeof own === 'string' ? own : part]
    })
    return { type: 'mixed', parts }
  }
  if (isFields(value)) return fields(value.fields.map(([name, own]) => [name, mapTexts(own, change)]))
  if (Array.isArray(value)) return (value as readonly Literal[]).map((own) => mapTexts(own, change))
  return value
}

/** What a value says to a person: a secret is `…`. */
export function plainText(value: Literal | undefined): string {
  if (isMixed(value)) return value.parts.map((part) => (typeof part === 'string' ? part : '…')).join('')
  if (isPattern(value)) return value.source
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
