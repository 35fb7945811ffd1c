import { cut } from '../../config/redact.ts'
import { deferred } from '../deferred/index.ts'
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
  const { code } = first.extensions ?? {}
  const text = `${typeof code === 'string' ? `${code}: ` : ''}${cut(first.message, 300)}`
  return more.length > 0 ? `${text} (and ${more.length} more)` : text
}

/** An answer, and whether it is one of GraphQL. */
export interface Found {
  readonly answer: GraphqlAnswer
  readonly isGraphql: boolean
}

/** The answers in a response, as many as were asked for; whatever it is. */
export const answersIn = (response: Response, count: number | undefined): Found[] => {
  const { status } = response
  const found = valueIn(response)
  const all = count === undefined ? [found] : Array.isArray(found) ? found : []
  return Array.from({ length: count ?? 1 }, (_, at) => {
    const one = Object(all[at]) as Partial<GraphqlAnswer>
    const data = one.data ?? null
    const extensions = one.extensions ?? {}
    const told = errorsIn(one.errors)
    const isGraphql = told.length > 0 || data !== null
    const errors = isGraphql ? told : [none(response, 'data' in one)]
    return { answer: { data, errors, extensions, status, response }, isGraphql }
  })
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

/** Reports errors of an answer whose response was as expected, so that nobody else has. */
export const tell = ({ errors, response }: GraphqlAnswer, name: string): void => {
  const { status, headers, body } = response
  if (errors.length === 0 || status < 200 || status >= 400) return
  deferred().failRequest({ status, headers, body, error: `GraphQL ${said(errors)}` } as Response, name)
}

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
