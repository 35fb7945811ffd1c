import { firstFree } from '../../../project/index.ts'
import type { Expected } from '../../traffic/checks.ts'

/** What is expected of an answer, by names that nothing else of its step has: k6 counts checks of one name in a group together. */
export function ownChecks(expected: Expected, taken: { nouns: Set<string>; names: Set<string> }): Expected {
  const before = expected.noun
  const noun = firstFree(
    before,
    (one) => taken.nouns.has(one),
    (count) => `${before} ${count}`,
  )
  taken.nouns.add(noun)
  const more = expected.more?.map((check) => {
    const { name } = check
    const isNamed = name.startsWith(`${before} `)
    const whole = isNamed ? `${noun}${name.slice(before.length)}` : name
    const long = isNamed ? whole : `${noun}: ${name}`
    const own = taken.names.has(whole)
      ? firstFree(
          long,
          (one) => taken.names.has(one),
          (count) => `${long} (${count})`,
        )
      : whole
    taken.names.add(own)
    return { ...check, name: own }
  })
  return { ...expected, noun, ...(more === undefined ? undefined : { more }) }
}
