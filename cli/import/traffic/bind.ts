import type { Correlation } from './correlate.ts'
import { mapDraft, type Draft, type Where } from './draft.ts'
import type { Names } from './names.ts'
import { code, mixed, type Code, type Value } from './value.ts'
import { sameName, strengthOf } from './strength.ts'
import { percentDecoded } from '../percent.ts'
import { idName } from './uses.ts'

/** A correlation with the variable that holds it. */
export interface Bound extends Correlation {
  variable: string
}

/** Shorter values are part of many texts that have nothing to do with them. */
const SHORTEST_PART = 8

/** Gives each correlation a variable, if it has none, and puts it into the requests after its answer. */
export function bind(
  drafts: readonly Draft[],
  correlations: readonly (Correlation | Bound)[],
  names: Names,
): { drafts: Draft[]; bound: Bound[] } {
  const bound = correlations.map((one): Bound =>
    'variable' in one ? one : Object.assign({ variable: names.give(one.name) }, one),
  )
  const known = new Map(bound.map((one) => [one.value, one]))
  const long = bound
    .filter(({ value }) => value.length >= SHORTEST_PART)
    .toSorted((a, b) => b.value.length - a.value.length)
  const replaced = drafts.map((draft, at) =>
    mapDraft(draft, (where) => (value, name) => {
      const text = where === 'path' ? percentDecoded(String(value)) : String(value)
      const own = known.get(text)
      if (own !== undefined && own.source.at < at)
        return isUse(own, where === 'path' ? idName(name) : name) ? expressionOf(own, value, where) : value
      if (typeof value === 'number') return value
      return divide(
        value,
        long.filter(({ source }) => source.at < at),
      )
    }),
  )
  return { drafts: replaced, bound }
}

/** Whether what stands at a name is the value, and not equal to it by chance: a weak one has the same name there. */
function isUse({ value, source, name }: Bound, used: string): boolean {
  const strength = strengthOf(value, used)
  return strength > 0 || (strength === 0 && (sameName(source.name, used) || sameName(name, used)))
}

/** A variable as what the request sends: a number, a text, a part of a path. */
export function expressionOf({ variable, source }: Bound, sent: string | number, where: Where): Code {
  const { reading } = source
  const isNumber = reading.from === 'json' && reading.number
  if (typeof sent === 'number') return code(isNumber ? variable : `Number(${variable})`)
  if (where === 'path' && percentDecoded(sent) !== sent) return code(`encodeURIComponent(${variable})`)
  return code(isNumber && (where === 'body' || where === 'header') ? `String(${variable})` : variable)
}

/** A text with variables in the place of the values in it. */
function divide(text: string, bound: readonly Bound[]): Value {
  const own = bound.find(({ value }) => hasWord(text, value))
  if (own === undefined) return text
  const at = text.indexOf(own.value)
  return mixed([
    divide(text.slice(0, at), bound),
    code(own.variable),
    divide(text.slice(at + own.value.length), bound),
  ])
}

/** Whether a value is in a text, and no part of a longer word. */
function hasWord(text: string, value: string): boolean {
  const at = text.indexOf(value)
  return at >= 0 && !/\w/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(at + value.length))
}
