import type { Core } from '../core.ts'

/** Whether a status counts as an expected response. */
export type Matches = (status: number) => boolean

/** What `http.expectedStatuses()` gives: opaque to scripts, as in k6. */
export class ExpectedStatuses {
  readonly #matches: Matches
  constructor(matches: Matches) {
    this.#matches = matches
  }

  /** The test behind the value, or undefined for anything that `expectedStatuses` did not make. */
  static matcher(value: unknown): Matches | undefined {
    return value instanceof ExpectedStatuses ? value.#matches : undefined
  }
}

/** k6's default: 200 to 399. */
export const matchDefault: Matches = (status) => status >= 200 && status <= 399

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
