import { percentDecoded } from '../percent.ts'
import { isPersonal } from '../secrets/isHidden.ts'
import { isToken } from '../secrets/madeByMachine.ts'

/** Whether a part of a path is of one thing alone, and no name: a number, a UUID, a token. */
export const isId = (part: string): boolean =>
  isPersonal(part) ||
  isToken(part) ||
  /^\d+$/.test(part) ||
  /^(?=.*\d)[\da-f-]{8,}$/i.test(part) ||
  (part.length >= 6 &&
    /\d/.test(part) &&
    !/^v\d/.test(part) &&
    !/\.(?:html?|php|aspx?|jsp|json)$/.test(part)) ||
  part.length > 40

/** What follows a part: `;jsessionid=5A8F`. */
const PARAMETERS = /;[^/]*/g

/** A path with `:id` for each part that is an id: `/orders/:id/items`. */
export function templateOf(path: string): string {
  const parts = path
    .replace(PARAMETERS, '')
    .split('/')
    .map((part) => (isId(part) ? ':id' : percentDecoded(part)))
  return parts.join('/') || '/'
}

/** What a person would call what a path leads to: `orders`, `order` where it is one of them; `home` of the root. */
export function nounOf(path: string): string {
  const parts = path.replace(PARAMETERS, '').split('/').filter(Boolean)
  const index = parts.findLastIndex((part) => !isId(part) && !/^(?:api|rest|v\d+|index\.\w+)$/i.test(part))
  const word = wordsIn(parts[index] ?? '')
  if (word === '') return 'home'
  return index < parts.length - 1 ? singular(word) : word
}

/** What a path does with one thing, and what that is: of `/tickets/:id/close` `close` and `ticket`. */
export function actionOf(path: string): { verb: string; noun: string } | undefined {
  const [noun, id, verb] = path.split('/').filter(Boolean).slice(-3)
  return noun !== undefined && id !== undefined && verb !== undefined && isId(id) && !isId(verb)
    ? { verb: wordsIn(verb), noun: singular(wordsIn(noun)) }
    : undefined
}

/** One of many: `orders` is `order`, `entries` `entry`. */
export const singular = (word: string): string =>
  /(?:ss|us|is|news|settings|details|preferences|options)$/i.test(word)
    ? word
    : word
        .replace(/ies$/i, 'y')
        .replace(/(x|ch|sh|ss)es$/i, '$1')
        .replace(/s$/i, '')

/** Words of a name, in small letters: `order-items.html`, `orderItems` are `order items`. */
export const wordsIn = (name: string): string =>
  percentDecoded(name)
    .replace(/\.\w{1,5}$/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z\d]+/g, ' ')
    .trim()
    .toLowerCase()
