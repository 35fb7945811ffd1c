import { cut } from '../../config/redact.ts'
import type { Failed } from '../deferred/failure.ts'
import type { Predicate } from '../predicates.ts'
import type { Response } from '../request.ts'

/** An error of an answer, as GraphQL has it. */
export interface GraphqlError {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions?: Readonly<Record<string, unknown>>
}

/** What an operation gave: its data, which may be a part where there are errors, and the response that it came in. */
export interface GraphqlAnswer<Data = unknown> {
  /** Null where there is none. */
  readonly data: Data | null
  /** Empty where all went well; where the response is none of GraphQL, one that says so. */
  readonly errors: readonly GraphqlError[]
  readonly extensions: Readonly<Record<string, unknown>>
  /** HTTP's status: 200 says little. */
  readonly status: number
  readonly response: Response
}

/** The operation was answered without errors. */
export const noErrors = (): Predicate<GraphqlAnswer> =>
  Object.assign(({ errors }: GraphqlAnswer) => errors.length === 0, {
    expected: 'no errors',
    got: ({ errors }: GraphqlAnswer) => said(errors),
  })

/** Errors in one line: the first one, by its code where it has one, and how many there are. */
export const said = ([first, ...more]: readonly GraphqlError[]): string => {
  if (!first) return 'no errors'
  const code = codeIn([first])
  const text = `${code ? `${code}: ` : ''}${cut(first.message, 300)}`
  return more.length > 0 ? `${text} (and ${more.length} more)` : text
}

/** The code of the first error, where it has one. */
const codeIn = ([first]: readonly GraphqlError[]): string | undefined => {
  const { code } = first?.extensions ?? {}
  return typeof code === 'string' ? cut(code, 60) : undefined
}

/** An answer, and whether it is one of GraphQL. */
export interface Found {
  readonly answer: GraphqlAnswer
  readonly isGraphql: boolean
}

/** The answer in a response, whatever it is. */
export const answerIn = (response: Response): Found => answerFrom(valueIn(response), response)

/** The answers in a response to several operations: a list, or the one of all where they failed together. */
export const answersIn = (response: Response, count: number): Found[] => {
  const found = valueIn(response)
  return Array.from({ length: count }, (_, at) =>
    answerFrom(Array.isArray(found) ? found[at] : found, response),
  )
}

const answerFrom = (value: unknown, response: Response): Found => {
  const one = Object(value) as Partial<GraphqlAnswer>
  const data = one.data ?? null
  const told = errorsIn(one.errors)
  const isGraphql = told.length > 0 || data !== null
  const errors = isGraphql ? told : [none(response, 'data' in one)]
  const { status } = response
  return { answer: { data, errors, extensions: one.extensions ?? {}, status, response }, isGraphql }
}

/** The errors of an answer, whatever form a server gives them. What stands in for an answer, in a build, has none. */
const errorsIn = (errors: unknown): readonly GraphqlError[] =>
  errors === undefined || errors === null || typeof errors === 'function'
    ? []
    : [errors].flat().map((error: unknown) => {
        const { message = error } = Object(error) as { message?: unknown }
        const text = typeof message === 'string' ? message : JSON.stringify(message)
        return Object.assign({}, typeof error === 'object' && error, { message: text })
      })

/** What errors of an answer are: a failure, what is wanted, or neither. */
export type Wanted = 'expected' | 'allowed' | undefined

/** The response of an answer that failed, with why; undefined where it did not. What is no answer of GraphQL is never wanted. */
export const failedIn = ({ answer, isGraphql }: Found, wanted: Wanted): Failed | undefined => {
  const { errors, response } = answer
  const why = (error: string): Failed => {
    const { status, headers, body } = response
    return { status, headers, body, error: `GraphQL ${error}`, code: codeIn(errors) }
  }
  if (errors.length === 0)
    return wanted === 'expected' ? why('no errors, where some are expected') : undefined
  return wanted && isGraphql ? undefined : why(said(errors))
}

/** The first error in a response that was not expected; of what is no answer of GraphQL its status says enough. */
export const unexpectedIn = (response: Response): Failed =>
  [valueIn(response)]
    .flat()
    .map((value) => answerFrom(value, response))
    .filter(({ isGraphql }) => isGraphql)
    .map((found) => failedIn(found, undefined))
    .find(Boolean) ?? response

const none = ({ status, error }: Response, hasData: boolean): GraphqlError => ({
  message:
    status === 0
      ? `no response (${error})`
      : `${hasData ? 'neither data nor errors' : 'no answer of GraphQL'}, with status ${status}`,
})

const valueIn = (response: Response): unknown => {
  try {
    return response.json()
  } catch {
    return undefined
  }
}
