import { SETTINGS } from '../../config/settings/settings.ts'
import { firstFree } from '../project/index.ts'
import { wordsOf } from './secrets/wordsOf.ts'

/** A variable for a secret, by the name of its field: `CARD_NUMBER`; with a number where another secret has that name. */
export function variableFor(like: string, taken: ReadonlySet<string>): string {
  const plain = wordsOf(like.normalize('NFKD').replace(/\p{M}/gu, ''))
    .toUpperCase()
    .replace(/[^A-Z\d]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 40)
  const name = /^[A-Z]/.test(plain) && !isTaken(plain) ? plain : ['SECRET', plain].filter(Boolean).join('_')
  return firstFree(
    name,
    (one) => taken.has(one),
    (count) => `${name}_${count}`,
  )
}

/** Whether a name is k6's or a setting's. */
const isTaken = (name: string): boolean => /^(?:K6|LOADWRIGHT)_/.test(name) || Object.hasOwn(SETTINGS, name)
