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
