import { wordsOf } from '../secrets/wordsOf.ts'
import type { Draft } from './draft.ts'
import { leavesOf } from './jsonReading.ts'
import { personColumn } from './person.ts'
import { readJson } from './readJson.ts'

const NAMES = new Set(['email', 'user', 'firstName', 'lastName', 'fullName', 'phone'])
/** What is called a name there is that of a person. */
const OF_PERSON = /(?:^|\.)(?:me|\w*(?:user|profile|account|customer|person|member|viewer|owner))\./i
const MAX_CHARACTERS = 60

/** Whether a text has a word that is of one user: what was typed, what answers call a name, what a greeting is for. */
export function ownWords(drafts: readonly Draft[], typed: Iterable<string>): (text: string) => boolean {
  let own: Set<string> | undefined
  const find = (): Set<string> =>
    new Set([...typed, ...drafts.flatMap(namesIn)].flatMap(piecesOf).map((word) => word.toLowerCase()))
  return (text) => {
    if (isGreeting(text)) return true
    own ??= find()
    return piecesOf(text).some((word) => own?.has(word.toLowerCase()))
  }
}

/** Words, and of `jane.doe@example.com` what is in front of the host. */
const piecesOf = (text: string): string[] => text.replace(/@[\w.-]+/g, '').match(/\p{L}{3,}/gu) ?? []

/** Names of people in an answer. */
function namesIn({ exchange: { answer } }: Draft): string[] {
  const json = /json/i.test(answer?.type ?? '') ? readJson(answer?.text ?? '') : undefined
  return leavesOf(json, '').flatMap(({ path, value }) => {
    if (typeof value !== 'string' || value.length > MAX_CHARACTERS) return []
    const name = path.replace(/^.*\./s, '')
    const isName = /^(?:(?:display|nick) )?name$/i.test(wordsOf(name)) && OF_PERSON.test(path)
    return isName || NAMES.has(personColumn(name, value) ?? '') ? [value] : []
  })
}

/** Whether somebody is called by name: `Hello Jane`, `Welcome back, Jane`, `Jane's orders`; not `Welcome to the shop`. */
const isGreeting = (text: string): boolean =>
  GREETINGS.some((greeting) => greeting.test(text)) || /\p{Lu}\p{Ll}+['’]s\b/u.test(text)

const GREETINGS = [
  /\b(?:[Hh]ello|[Hh]i|[Hh]ey|[Dd]ear|[Ww]elcome(?: [Bb]ack)?|[Gg]ood (?:morning|afternoon|evening)),? +\p{Lu}/u,
  /\b(?:[Hh]allo|[Ww]illkommen(?: zurück)?|[Gg]uten (?:Tag|Morgen|Abend)|[Bb]onjour|[Bb]ienvenue|[Hh]ola|[Bb]ienvenid[oa]|[Cc]iao|[Bb]envenut[oa]|[Oo]lá),? +\p{Lu}/u,
  /\b(?:logged|signed) in as\b|\bangemeldet als\b/i,
]
