import { fieldsOf } from './multipart.ts'

/** The fields of a request: what the body gives wins over the query, a missing field is empty. */
export type FormFields = (field: string) => string

/** Reads a form from the query and a body of any type; a body that is no form has no fields. */
export function readForm(query: string, type: string, body: Buffer): FormFields {
  const sent = new Map(parseBody(type, body).reverse())
  const asked = new URLSearchParams(query)
  return (field) => sent.get(field) ?? asked.get(field) ?? ''
}

function parseBody(type: string, body: Buffer): [name: string, value: string][] {
  const kind = type.split(';', 1)[0]?.trim().toLowerCase()
  if (kind === 'multipart/form-data') return fieldsOf(type, body)
  if (kind === 'application/x-www-form-urlencoded') return [...new URLSearchParams(body.toString('utf8'))]
  return []
}

const MAX_INT32 = 2 ** 31 - 1

/** A signed whole number, base 10; 0 when the text is none, the nearest limit when it does not fit 32 bits. */
export function integerField(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) return 0
  return Math.max(-MAX_INT32 - 1, Math.min(MAX_INT32, Number(text)))
}

/** As `integer`, but a sign makes it 0. */
export const unsigned = (text: string): number => (/^\d/.test(text) ? integerField(text) : 0)
