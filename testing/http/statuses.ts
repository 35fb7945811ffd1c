import type { Core } from '../core.ts'
import { ExpectedStatuses, type Matches } from './expected.ts'

interface Range {
  min?: unknown
  max?: unknown
}

/** `http.expectedStatuses` and `http.setResponseCallback`. */
export function statusesOf(core: Core) {
  const expectedStatuses = (...wanted: unknown[]): ExpectedStatuses => {
    if (wanted.length === 0) throw new core.GoError('no arguments')
    const tests = wanted.map((value, index): Matches => {
      if (Number.isInteger(value)) return (status) => status === value
      const { min, max } = (value ?? {}) as Range
      if (min === undefined || max === undefined) {
        throw new core.GoError(
          `argument number ${index + 1} to expectedStatuses was neither an integer nor an object like {min:100, max:329}`,
        )
      }
      if (!Number.isInteger(min) || !Number.isInteger(max)) {
        throw new core.GoError(`both min and max need to be integers for argument number ${index + 1}`)
      }
      return (status) => status >= Number(min) && status <= Number(max)
    })
    return new ExpectedStatuses((status) => tests.some((matches) => matches(status)))
  }
  const setResponseCallback = (value: unknown): void => {
    const matches = value === null || value === undefined ? null : ExpectedStatuses.matcher(value)
    if (matches === undefined) {
      throw new core.GoError('unsupported argument, expected http.expectedStatuses')
    }
    core.vu.expected = matches
  }
  return { expectedStatuses, setResponseCallback }
}
