/** Whether a text is a UUID. */
export const isUuid = (text: string): boolean => /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(text)

/** Whether a machine made a long text: letters and digits in no order, in one word; a UUID is an id, and no secret. */
export const isRandom = (text: string): boolean =>
  isToken(text) ||
  (text.length >= 20 &&
    ONE_WORD.test(text) &&
    !isUuid(text) &&
    !isOfWords(text) &&
    /[a-z]/i.test(text) &&
    (text.match(/\d/g)?.length ?? 0) >= 4)

/** Whether capitals stand among small letters as no name has them: `SplxlOBeZQQYbYS6WxSbIA`, not `getOrderHistory`. */
export function isToken(text: string): boolean {
  if (text.length < 14 || !ONE_WORD.test(text) || !/[a-z].*[A-Z]|[A-Z].*[a-z]/.test(text)) return false
  const pieces = text.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? []
  return pieces.length >= 5 && pieces.join('').length / pieces.length < 2.6
}

/** Whether a text is of words and short numbers: `/orders/2026/11/30/summary`, `customfield_10010_label`. */
const isOfWords = (text: string): boolean =>
  text
    .split(/[^A-Za-z\d]+|(?<=[a-z])(?=[A-Z])/)
    .every((part) => /^(?:[A-Za-z]{0,16}|\d{1,8}|[A-Za-z]{3,12}\d{1,4})$/.test(part))

const ONE_WORD = /^[\w+/=.~-]+$/
