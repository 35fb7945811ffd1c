import type { Field } from './exchange.ts'

/** The fields of a form that was sent in parts; none where the text is no such form. */
export function partsOf(type: string, text: string): Field[] {
  const boundary = /boundary="?([^";]+)/i.exec(type)?.[1] ?? /^--([^\r\n]+)/.exec(text)?.[1]
  if (boundary === undefined) return []
  return text
    .split(`--${boundary}`)
    .slice(1)
    .flatMap((part): Field[] => {
      const [head = '', ...rest] = part.replace(/^\r?\n/, '').split(/\r?\n\r?\n/)
      const name = /\bname="((?:[^"\\]|\\.)*)"/i.exec(head)?.[1]
      if (name === undefined) return []
      const field: Field = { name, value: rest.join('\r\n\r\n').replace(/\r?\n$/, '') }
      const file = /filename="((?:[^"\\]|\\.)*)"/i.exec(head)?.[1]
      if (file !== undefined) field.file = file
      const own = /^content-type:\s*([^\r\n]+)/im.exec(head)?.[1]
      if (own !== undefined) field.type = own
      return [field]
    })
}
