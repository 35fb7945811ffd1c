import { formDecoded } from '../percent.ts'
import { wordsOf } from '../secrets/wordsOf.ts'
import { endsSession } from '../sessionEnd.ts'

/** First words of what changes something, though it is asked for by GET. */
const CHANGING =
  /^(?:delete|remove|destroy|cancel|revoke|unsubscribe|deactivate|disable|activate|confirm|approve|reject|accept|decline|redeem|purge|reboot|shutdown|add to|(?:verify|reset) (?:e ?mail|password))\b/i
/** Such words have more than these only in titles of pages. */
const MAX_WORDS = 3

/** Whether a name says that something is changed: `delete-item`, `removeItem`, `add-to-cart`. */
export function saysChange(name: string): boolean {
  const words = wordsOf(name)
  return CHANGING.test(words) && words.split(' ').length <= MAX_WORDS
}

/** Parameters whose value says what is done. */
const DOES = /^(?:_?method|action|act|do|cmd|command|op|operation|task|func|function|fn|event|wc-ajax)$/i
/** First words of what is done to something, which are no pages by themselves. */
const DOING =
  /^(?:add|create|insert|update|save|set|put|patch|post|buy|pay|order|checkout|vote|like|unlike|follow|unfollow|subscribe|send|submit|upload|clear|empty|reset|move|rename|apply)\b/i

/**
 * What the query of an address says that is changed, as a last part of its path: `?action=delete`, `?logout`; undefined
 * where it says nothing of the kind.
 */
export function changeIn(query: string): string | undefined {
  for (const field of query.split('&')) {
    const [name = '', value = ''] = formDecoded(field).split(/=(.*)/s)
    if (DOES.test(name)) {
      const words = wordsOf(value)
      if (endsSession(value) || saysChange(value) || DOING.test(words))
        return `?${name}=${words.split(' ', 1)[0]}`
    } else if (!/^(?:0|false|no)$/i.test(value) && (endsSession(name) || saysChange(name)))
      return `?${wordsOf(name).replaceAll(' ', '-')}`
  }
  return undefined
}

/** Pages that are opened by a link of one person: what their queries have is a token, whatever its name and form. */
const ONE_TIME =
  /\/(?:re-?set|recover|verify|verification|confirm|activate|invite|invitation|magic|unsubscribe|optin|opt-in|one-?time|sso|callback)(?:[-_]\w+)?\/?$/i

/** Whether a path is that of links of one person: without its query it is another request. */
export const isOneTime = (path: string): boolean => ONE_TIME.test(path)
