import { firstFree } from '../../project/index.ts'
import { printable, truncate } from '../../base/index.ts'
import { isSecretName } from '../secrets/secretName.ts'
import { withoutWords } from '../secrets/secretWords.ts'
import type { Expected, WrittenCheck } from '../traffic/checks.ts'
import type { Item } from './collection.ts'
import type { Claim } from './claim.ts'
import { predicateOf } from './predicate.ts'

/** How texts are written. */
export interface Written {
  hide: (text: string) => string
  /** What a variable holds, as source; undefined where it has no value. */
  text: (name: string) => string | undefined
}

/** What is taken for success where nothing says what an answer has to be. */
const SUCCESS = [200, 201, 202, 204]

/** What is checked of an answer: its tests, and a status, which else a saved answer says, or that it is a success; `lost` gets the names of tests that no check can say. */
export function checksFor(
  saved: Expected,
  item: Item | undefined,
  tests: readonly { name: string; claim: Claim }[],
  { hide, text }: Written,
  lost: string[],
): Expected {
  const noun = plain(hide(item?.name ?? 'it')).replace(/^[A-Z]+\b(?=.)/, (word) => word.toLowerCase())
  const taken = new Set<string>()
  const accepts: number[] = []
  const own = tests.flatMap(({ name: title, claim }): WrittenCheck[] => {
    const name = withoutWords('', title)
    const made = isOfSecret(claim)
      ? undefined
      : predicateOf(claim, (access) => (access.of === 'given' ? text(access.name) : undefined))
    if (made === undefined) {
      lost.push(plain(hide(name)))
      return []
    }
    accepts.push(...(made.accepts ?? []))
    const uses = made.uses === undefined ? undefined : { uses: made.uses }
    return [{ name: free(plain(hide(name)), claim, taken), test: made.test, ...uses }]
  })
  const errors = saved.errors === undefined ? undefined : { errors: saved.errors }
  if (tests.some(({ claim }) => claim.access.of === 'status'))
    return {
      noun,
      status: undefined,
      more: own,
      ...errors,
      ...(accepts.length === 0 ? undefined : { accepts }),
    }
  if (saved.status !== undefined) return { ...saved, noun, more: own }
  const success = { name: `${noun} answers`, test: `status(${SUCCESS.join(', ')})`, uses: 'status' }
  return { noun, status: undefined, more: [success, ...own], guessed: true, ...errors }
}

/** Whether a claim compares a secret with a text: no check can say that without it. */
const isOfSecret = ({ access, comparison, operands }: Claim): boolean =>
  access.of === 'json' &&
  /^(?:equal|oneOf|include|match)$/.test(comparison) &&
  isSecretName(String(access.path.at(-1) ?? '')) &&
  operands.some((one) => one.of === 'literal' && typeof one.value === 'string')

/** A test with several assertions is several checks: each after the first says what it looks at. */
function free(name: string, { access }: Claim, taken: Set<string>): string {
  const what = access.of === 'json' ? access.path.join('.') : 'name' in access ? access.name : access.of
  const names = [name, `${name}: ${what}`]
  const own =
    names.find((one) => !taken.has(one)) ??
    firstFree(
      name,
      (one) => taken.has(one),
      (count) => `${name} (${count})`,
    )
  taken.add(own)
  return own
}

const plain = (name: string): string =>
  truncate(printable(name.replace(/::/g, ':').replace(/\s+/g, ' ').trim()), 80) || 'it answers'
