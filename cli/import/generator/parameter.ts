import { textAt, type Raw } from '../studio/raw.ts'
import { code, type Value } from '../traffic/value.ts'
import type { Constants } from './constants.ts'
import type { Pools } from './pools.ts'

/** What a rule puts into a request: a text, or a value of the suite; a sentence where it cannot. */
export function parameterOf(
  raw: Raw,
  constants: Constants,
  pools: Pools,
): { text: string } | { value: Value } | string {
  switch (raw.type) {
    case 'string':
      return { text: typeof raw.value === 'number' ? String(raw.value) : (textAt(raw, 'value') ?? '') }
    case 'variable': {
      const value = constants.valueOf(textAt(raw, 'variableName') ?? '')
      return value === undefined ? 'its variable has no value' : { value }
    }
    case 'dataFileValue': {
      const own = pools.columnOf(textAt(raw, 'fileName') ?? '', textAt(raw, 'propertyName') ?? '')
      if ('problem' in own) return own.problem
      return { value: 'secret' in own ? constants.secretOf(own.secret) : code(own.variable) }
    }
    default:
      return 'its value is of a kind that k6 Studio does not have'
  }
}
