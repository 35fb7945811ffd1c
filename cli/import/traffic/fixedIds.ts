import { isSecretName } from '../secrets/secretName.ts'
import { isUuid } from '../secrets/madeByMachine.ts'
import { wordsOf } from '../secrets/wordsOf.ts'
import { mapDraft, type Draft, type Where } from './draft.ts'

/** UUIDs that are those of an application and not of a visit: by a name, or since each request has the same one in a header. */
export function fixedIds(drafts: readonly Draft[]): Set<string> {
  const fixed = new Set<string>()
  const headers = new Map<string, string[]>()
  for (const draft of drafts)
    mapDraft(draft, (where: Where) => (value, name) => {
      const text = String(value)
      if (where === 'path' || !isUuid(text)) return value
      if (isSecretName(name) || FIXED.test(wordsOf(name))) fixed.add(text)
      else if (where === 'header') headers.set(name, [...(headers.get(name) ?? []), text])
      return value
    })
  for (const [name, [first = '', ...others]] of headers)
    if (others.length > 0 && others.every((one) => one === first) && !MADE.test(wordsOf(name)))
      fixed.add(first)
  return fixed
}

const FIXED =
  /\b(?:client|app(?:lication)?|tenant|api|project|org(?:ani[sz]ation)?|workspace|realm|licen[cs]e|subscription|environment|merchant|site|company|partner|vendor|brand|public|access|consumer)(?: (?:id|uuid|guid|key|code))?$/i

/** Names of what a page makes for a visit, or for a request. */
const MADE =
  /visit|session|request|correlation|trace|span|idempot|nonce|device|install|message|event|transaction|operation|run\b|tab\b|page|anonymous|user|mutation|job|order|cart|basket/i
