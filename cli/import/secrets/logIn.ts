import { pairName } from '../../../config/called.ts'

/** Whether something is called as a log-in is: `login`, `user.signIn`, `api_auth`. */
export const isLogIn = (name: string): boolean =>
  /^(?:[\w.-]*[._-])?(?:log_?in|sign_?in|auth(?:enticate)?)$/i.test(name)

/** What the item of a list is called by the first: `['X-Api-Key', '…']`, `['login', 'ada', '…']`; undefined where it says nothing. */
export const itemName = (texts: readonly (string | undefined)[], index: number): string | undefined => {
  if (index === 1) return pairName(texts)
  return index > 1 && isLogIn(texts[0] ?? '') && isTyped(texts[index] ?? '') ? 'password' : undefined
}

/**
 * What a command of a chat or a protocol logs in with: `/login ada swordfish`, `AUTH ada swordfish`, `login ada s3cret`,
 * `1|login|ada|s3cret`. Of small letters alone it may be a sentence: `login failed again`.
 */
export function logInWords(text: string): string[] {
  return Array.from(text.matchAll(COMMAND), ({ groups = {} }) => {
    const { before = '', verb = '', apart = '', user, word = '' } = groups
    if (user === undefined && ONLY_USER.test(verb)) return ''
    if (user !== undefined && JOINING.test(user)) return ''
    const isCommand =
      before !== '' || apart.trim() !== '' || (user !== undefined && verb === verb.toUpperCase())
    return isTyped(word) || (isCommand && user !== undefined && word.length >= 4 && !isOpen(word)) ? word : ''
  }).filter((word) => word !== '')
}

const COMMAND =
  /^(?<before>\/(?:\w{1,20}[ \t])?|PRIVMSG \S{1,40} :|\d{1,6}[|;,])?(?<verb>log_?in|sign_?in|auth(?:enticate)?|identify|pass(?:word)?|oauth)(?<apart>[ \t]{1,4}|[|;,])(?:(?<user>[^\s|;,]{1,80})\k<apart>)?(?<word>[^\s|;,]{1,200})[ \t\0]*\r?$/gim
/** What is followed by a user alone, where nothing else follows. */
const ONLY_USER = /^(?:log_?in|sign_?in)$/i
const JOINING =
  /^(?:with|as|to|via|by|from|for|and|or|is|was|at|in|on|of|the|your|my|since|until|before|after|again|failed|page|form|button)$/i

/** Whether a word is none of a sentence: it has a digit or a sign among its letters. */
const isTyped = (word: string): boolean => {
  const inner = word.replace(/[.,!?;:)]+$/, '')
  return (
    inner.length >= 5 &&
    !isOpen(inner) &&
    (/\p{L}.*[\d!@#$%^&*+=~?]|[\d!@#$%^&*+=~?].*\p{L}/u.test(inner) || /^\d{6,}$/.test(inner))
  )
}

/** An address of mail or of the web, a version, a date. */
const isOpen = (word: string): boolean => /^[^@]+@[\w-]+\.[\w.-]+$|\/|^v?\d+(?:[.:-]\d+)+\w*$/i.test(word)
