import type { RefinedResponse, ResponseType } from 'k6/http'

/** A response of k6. */
export type AnyResponse = RefinedResponse<ResponseType | undefined>

/** Something that holds of a value or does not; `expected` and `got` explain a failure. */
export interface Predicate<T> {
  (value: T): boolean
  expected?: string
  got?: (value: T) => string
}

const explained = <T>(
  test: (value: T) => boolean,
  expected: string,
  got: (value: T) => string,
): Predicate<T> => Object.assign(test, { expected, got })

const statusOf = (response: AnyResponse): string =>
  response.status === 0 ? `no response (${response.error})` : `status ${response.status}`

const statuses: Record<number, Predicate<AnyResponse>> = {}

/** The response has one of these statuses. */
export const status = (...codes: readonly number[]): Predicate<AnyResponse> => {
  const only = codes[0] as number
  if (codes.length !== 1)
    return explained(({ status }) => codes.includes(status), `status ${codes.join(' or ')}`, statusOf)
  // Written where it is checked, it is asked for in every iteration, and made in the first.
  return (statuses[only] ??= explained(({ status }) => status === only, `status ${only}`, statusOf))
}

/** The response took at most this many milliseconds, k6's `timings.duration`. */
export const within = (milliseconds: number): Predicate<AnyResponse> =>
  explained(
    ({ timings }) => timings.duration <= milliseconds,
    `at most ${milliseconds} ms`,
    ({ timings }) => `${Math.round(timings.duration)} ms`,
  )

/** The body contains this text, or matches this pattern; `expected` says it in words. */
export const contains = (
  wanted: string | RegExp,
  expected = `a body with ${String(wanted)}`,
): Predicate<AnyResponse> => {
  // Asked again of a response, as where it fails, it does not read a long body again.
  let last: AnyResponse | undefined
  let held = false
  return explained(
    (response) => {
      if (response !== last) {
        const text = typeof response.body === 'string' ? response.body : ''
        // Not test(), which goes on from the last match where a pattern has the flag g or y.
        held = typeof wanted === 'string' ? text.includes(wanted) : text.search(wanted) >= 0
        last = response
      }
      return held
    },
    expected,
    (response) =>
      `${statusOf(response)}, ${typeof response.body === 'string' ? `${response.body.length} characters without it` : 'no body kept as text'}`,
  )
}

/** The body is JSON that has something at this selector of k6's, such as `order.id`: neither nothing nor null. */
export const has = (selector: string): Predicate<AnyResponse> =>
  explained(
    (response) => {
      try {
        return (response.json(selector) ?? null) !== null
      } catch {
        return false
      }
    },
    `JSON with ${selector}`,
    (response) => `${statusOf(response)}, without it`,
  )

/** Headers whose values stay out of logs. */
const SECRET = /cookie|auth|token|key|secret/i

/** The response has this header, with this value where one is given; names are compared without case. */
export const header = (name: string, value?: string): Predicate<AnyResponse> => {
  const find = ({ headers }: AnyResponse): string | undefined =>
    Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
  return explained(
    (response) => (value === undefined ? find(response) !== undefined : find(response) === value),
    `header ${name}${value === undefined ? '' : `: ${value}`}`,
    (response) => (SECRET.test(name) ? 'another one' : (find(response) ?? 'no such header')),
  )
}

/** Checks by name: each a predicate of the value. */
export type Checks<T> = Readonly<Record<string, Predicate<T>>>
