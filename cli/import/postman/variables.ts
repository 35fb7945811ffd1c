import { secretIn } from '../../../config/secrets.ts'
import { quoted } from '../../project/index.ts'
import { code, mixed, type Value } from '../traffic/value.ts'
import type { Names } from '../traffic/names.ts'
import { variableFor } from '../variableFor.ts'
import { dynamicValue } from './dynamic.ts'
import type { GivenVariable } from './given.ts'

/** A value that a script sets, from the request at `from` on. */
export interface SetVariable {
  name: string
  from: number
  /** The journey's variable that holds it. */
  variable: string
  /** Whether it is a number. */
  number: boolean
  /** Requests that use it. */
  uses: Set<number>
}

/** What texts with `{{name}}` mean. */
export interface Variables {
  /** A text as a value of the request `at`; undefined where a variable in it has no value yet. */
  value: (text: string, at: number) => Value | undefined
  /** A text with what files say in the place of its variables; others stay as they are. */
  plain: (text: string) => string
  /** The variable of the shell that holds a secret. */
  secretFor: (like: string, value: string) => string
  /** Constants that were used, by their names, with their values as source. */
  constants: ReadonlyMap<string, string>
  /** Secrets, by value, as variables of the shell. */
  secrets: ReadonlyMap<string, string>
  /** Variables of the shell without a known value. */
  asked: ReadonlySet<string>
  /** Names of the library that values use. */
  used: ReadonlySet<string>
  notes: Problems
}

/** What was odd about variables, by their names. */
export interface Problems {
  unknown: Set<string>
  early: Set<string>
  circular: Set<string>
  random: Set<string>
}

const NAME = /\{\{([^{}]{1,200})\}\}/
/** How many variables one text may lead to: each may hold others. */
const MAX_EXPANSIONS = 200
const MAX_CHARACTERS = 20_000

/** How much more one text may lead to, and whether what was read last leads to itself. */
interface Budget {
  left: number
  circular: boolean
}

/** Reads variables: what scripts set wins over what files give; `numbers` are names that stand in JSON without quotes. */
export function variablesOf(
  given: ReadonlyMap<string, GivenVariable>,
  sets: readonly SetVariable[],
  names: Names,
  numbers: ReadonlySet<string>,
): Variables {
  const constants = new Map<string, string>()
  const constantNames = new Map<string, string>()
  const secrets = new Map<string, string>()
  const asked = new Map<string, string>()
  const used = new Set<string>()
  const taken = new Set<string>()
  const notes: Problems = { unknown: new Set(), early: new Set(), circular: new Set(), random: new Set() }

  const variable = (like: string): string => {
    const own = variableFor(like, taken)
    taken.add(own)
    return own
  }
  const secretFor = (like: string, value: string): string => {
    const known = secrets.get(value)
    if (known !== undefined) return known
    const own = variable(like)
    secrets.set(value, own)
    return own
  }
  const shell = (name: string): Value => {
    const own = asked.get(name) ?? variable(name)
    asked.set(name, own)
    secrets.set(`{{${name}}}`, own)
    return code(`secret('${own}')`)
  }
  const constantFor = (name: string, value: string): Value => {
    const own = constantNames.get(name) ?? names.give(name, 'Value')
    constantNames.set(name, own)
    const isNumber = numbers.has(name) && /^(?:-?\d+(?:\.\d+)?|true|false)$/.test(value)
    constants.set(own, isNumber ? value : quoted(value))
    return isNumber ? { type: 'mixed', parts: [code(own)] } : code(own)
  }

  const one = (name: string, at: number, seen: readonly string[], budget: Budget): Value | undefined => {
    if (name.startsWith('$')) {
      const made = dynamicValue(name.slice(1))
      if (made.other) notes.random.add(name)
      if (made.uses !== undefined) used.add(made.uses)
      return made.value
    }
    const set = sets.findLast((own) => own.name === name && own.from <= at)
    if (set !== undefined) {
      set.uses.add(at)
      return set.number ? { type: 'mixed', parts: [code(set.variable)] } : code(set.variable)
    }
    const file = given.get(name)
    const later = sets.some((own) => own.name === name)
    if (file === undefined || (file.value === '' && (later || file.secret))) {
      if (later) {
        notes.early.add(name)
        return undefined
      }
      if (file === undefined) notes.unknown.add(name)
      return shell(name)
    }
    if (file.secret) return code(`secret('${secretFor(name, file.value)}')`)
    if (!NAME.test(file.value)) return file.value === '' ? '' : constantFor(name, file.value)
    if (seen.includes(name) || budget.left <= 0) {
      notes.circular.add(name)
      budget.circular = true
      return `{{${name}}}`
    }
    const inner: Budget = { left: budget.left, circular: false }
    const value = whole(file.value, at, [...seen, name], inner)
    budget.left = inner.left
    budget.circular ||= inner.circular
    return inner.circular ? `{{${name}}}` : value
  }
  const whole = (text: string, at: number, seen: readonly string[], budget: Budget): Value | undefined => {
    const parts: Value[] = []
    for (const [index, part] of text.split(NAME).entries()) {
      if (index % 2 === 0) {
        // A text alone is looked at as a whole, by the name of its field.
        const secret = part !== text && secretIn(part) !== undefined
        parts.push(secret ? code(`secret('${secretFor('token', part)}')`) : part)
        continue
      }
      budget.left--
      const value = one(part.trim(), at, seen, budget)
      if (value === undefined) return undefined
      parts.push(value)
    }
    const [first, only, ...others] = parts.filter((part) => part !== '')
    return first !== undefined && only === undefined && others.length === 0 ? first : mixed(parts)
  }

  const plain = (text: string): string => {
    let own = text
    for (let count = 0; count < 20 && own.length < MAX_CHARACTERS; count++) {
      const next = own.replace(new RegExp(NAME, 'g'), (all, name: string) => {
        const file = given.get(name.trim())
        return file === undefined || file.secret || file.value === '' ? all : file.value
      })
      if (next === own) break
      own = next
    }
    return own
  }

  return {
    value: (text, at) => whole(text, at, [], { left: MAX_EXPANSIONS, circular: false }),
    plain,
    secretFor,
    constants,
    secrets,
    get asked() {
      return new Set(asked.values())
    },
    used,
    notes,
  }
}
