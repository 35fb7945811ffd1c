import { calledName } from '../../../config/called.ts'
import { namedIn } from '../../../config/namedIn.ts'
import { MAYBE_SECRET_NAME } from '../../../config/secrets.ts'
import { formDecoded } from '../percent.ts'
import { isHidden, isHiddenAfter } from '../secrets/isHidden.ts'
import { isSecret } from '../secrets/isSecret.ts'
import { isSecretName, maySecretName } from '../secrets/secretName.ts'
import { secretWords } from '../secrets/secretWords.ts'
import { wordsOf } from '../secrets/wordsOf.ts'
import { personColumn } from '../traffic/person.ts'
import { changeIn, isOneTime } from './changing.ts'

/** An address of a log. */
export interface Address {
  /** What it is counted by; what its query says is changed is a last part of it. */
  path: string
  /** Path and query as they may be asked for again; undefined where the path has a secret in it, or a person, and where it is a link of one. */
  value: string | undefined
  /** Whether something was left out of the query. */
  cut: boolean
}

const MAX_CHARACTERS = 500
/** The path of a request's target, and what of it may be written down; undefined where the target is no path. */
export function addressOf(target: string): Address | undefined {
  const local = target.replace(/^https?:\/\/[^/?#]*/i, '') || '/'
  if (!/^[/?]/.test(local)) return undefined
  const [whole = '', query = ''] = (local.split('#', 1)[0] ?? '').split(/\?(.*)/s)
  const path = whole.replace(/;jsessionid=[^/]*/gi, '').replace(/[^\x21-\x7e]/g, encodeURIComponent) || '/'
  const fields = query === '' ? [] : query.split('&')
  const beside = fields.map((one) => {
    const [name = '', text = ''] = formDecoded(one).split(/=(.*)/s)
    return { name, text }
  })
  const kept = fields.filter((one, index) => isPlain(one) && !isSecretName(calledName(beside, index)))
  const isLink = fields.length > 0 && isOneTime(path)
  const value = kept.length > 0 ? `${path}?${kept.join('&')}` : path
  const parts = path
    .split('/')
    .map((part, index, all) =>
      isHidden(part) || isHiddenAfter(all[index - 1] ?? '', part) ? undefined : part,
    )
  const hidden = parts.includes(undefined)
  const change = changeIn(query)
  return {
    // A secret is never a name, either.
    path: [...parts.map((part) => part ?? ':id'), ...(change === undefined ? [] : [change])].join('/'),
    value: hidden || isLink || value.length > MAX_CHARACTERS ? undefined : value,
    cut: kept.length < fields.length,
  }
}

/** Whether a parameter of a query may be written: neither a secret nor of one person. */
function isPlain(field: string): boolean {
  const [name = '', value = ''] = formDecoded(field).split(/=(.*)/s)
  if (!/^[\w.[\]-]{1,60}$/.test(name) || /[^\x21-\x7e]/.test(field)) return false
  if (isSecretName(name) || maySecretName(name) || MAYBE_SECRET_NAME.test(name)) return false
  if (SHORT.test(name) && !/^(?:[a-z]*|\d{1,4})$/.test(value)) return false
  if (PERSONAL.test(name) || PERSONAL.test(wordsOf(name)) || /^\+?\d{10,12}$/.test(value)) return false
  if ((personColumn(name, value) ?? 'searchTerm') !== 'searchTerm') return false
  if (secretWords('', ` ${value}`).length > 0) return false
  if (namedIn(value).some((one) => isSecret(one.name, one.text))) return false
  return !isHidden(value) && !(value === '' && isHidden(name))
}

/** Whether an address has a text that somebody searched for. */
export function isSearch(address: string): boolean {
  const [, query = ''] = address.split(/\?(.*)/s)
  return query.split('&').some((field) => {
    const [name = '', value = ''] = formDecoded(field).split(/=(.*)/s)
    return value !== '' && personColumn(name, value) === 'searchTerm'
  })
}

/** What tokens are called for short. */
const SHORT = /^(?:t|k|h|tok|hash|sig|otp|pin|ticket|nonce|challenge|invite|invitation)$/i
const PERSONAL =
  /session|(?:^|_)sid$|email|phone|address|birth|gclid|fbclid|utm_|^(?:name|ip|ip ?addr|lat|lon|lng|latitude|longitude|location|code|dob)$/i
