import { firstFree, isKeyword, plainWords } from '../../../project/index.ts'

/** Names of types that the client needs for something else, or that the language has. */
const RESERVED = new Set(
  (
    'string number boolean any unknown never object symbol bigint Record Readonly Omit ArrayBuffer FileData FormPart ' +
    'Answer Response Plain infer keyof type is asserts unique readonly declare module namespace abstract'
  ).split(' '),
)

/** Gives each type a name of its own: as it is where it can be one. */
export function typeNames(): (words: string) => string {
  const taken = new Set<string>()
  return (words) => {
    const plain = /^[A-Za-z_$][\w$]*$/.test(words) ? words : pascal(words)
    const name = RESERVED.has(plain) || isKeyword(plain) ? `${plain}Schema` : plain
    const own = firstFree(name, (one) => taken.has(one))
    taken.add(own)
    return own
  }
}

/** `order list-Item` is `OrderListItem`. */
export function pascal(words: string): string {
  const joined = plainWords(words.slice(0, 80))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
  return /^[A-Za-z]/.test(joined) ? joined : `Type${joined}`
}
