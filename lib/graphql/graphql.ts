import type { FileData } from 'k6/http'
import { errorNamed } from '../errors.ts'
import type { Client, RequestOptions, Response } from '../request.ts'
import { answersIn, tell, type Found, type GraphqlAnswer } from './answer.ts'
import { operationIn, textOf, type GraphqlDocument } from './document.ts'
import { sha256 } from './k6.ts'
import { countOperation } from './metrics.ts'
import { multipart } from './multipart.ts'

/** What an operation may say of itself. */
export interface Operation<Variables = Readonly<Record<string, unknown>>> {
  variables?: Variables
  /** Which of several operations of a document is meant. */
  operationName?: string
}

/** What a request of GraphQL may say; the rest is the client's. `name` is the operation's where not given. */
export interface GraphqlOptions<Variables = Readonly<Record<string, unknown>>>
  extends Operation<Variables>, Omit<RequestOptions, 'name' | 'responseType'> {
  name?: string
  /** Sends the operation's SHA-256 in its place, and the text only where the server asks for it. */
  persisted?: boolean
  /** Files of k6's `http.file`, by where each belongs: `{ 'variables.file': http.file(bytes, 'a.png') }`. */
  files?: Readonly<Record<string, FileData>>
  /** Errors of GraphQL are what is wanted: nobody is told of them. What is no answer of GraphQL is told all the same. */
  expectErrors?: boolean
}

/** One operation of several that are sent as one request. */
export interface BatchedOperation extends Operation {
  query: GraphqlDocument
}

/** Operations to one endpoint. */
export interface GraphqlClient {
  /**
   * Sends one operation. Errors in an answer are reported as a failed request, whatever its status is; what came beside them
   * is in `data`. Throws UsageError for an operation that has no name, and for a document without its text.
   */
  <Data = unknown, Variables = Readonly<Record<string, unknown>>>(
    query: GraphqlDocument<Data, Variables>,
    options?: GraphqlOptions<Variables>,
  ): GraphqlAnswer<Data>
  /** Sends several operations as one request, and gives their answers in this order. */
  batch(
    operations: readonly BatchedOperation[],
    options: Pick<GraphqlOptions, 'expect' | 'expectErrors' | 'headers' | 'tags' | 'timeout'> & {
      name: string
    },
  ): GraphqlAnswer[]
}

/** Makes operations of GraphQL over a client, at a path of its target: `const shop = graphql(client(BASE_URL))`. */
export const graphql = (api: Client, path = '/graphql'): GraphqlClient => {
  const told = (found: Found[], name: string, expectErrors: boolean | undefined): GraphqlAnswer[] =>
    found.map(({ answer, isGraphql }) => {
      const isExpected = expectErrors && isGraphql
      if (!isExpected) tell(answer, name)
      countOperation(name, !isExpected && answer.errors.length > 0)
      return answer
    })

  const send = (query: GraphqlDocument, given: GraphqlOptions = {}): GraphqlAnswer => {
    const { name: named, variables, operationName, persisted, files, expectErrors, ...options } = given
    const text = textOf(query)
    const name = named ?? operationName ?? operationIn(text)
    if (name === undefined)
      throw errorNamed('this operation has no name: write one (`query Product { … }`), or give `name`')
    const headers = { Accept: ACCEPT, ...options.headers }
    const about = { ...options, name, headers, responseType: 'text' as const }
    const wanted = { query: text, variables, operationName: operationName ?? operationIn(text) }
    const post = (json: object): Response => api.post(path, { ...about, json })
    let response: Response
    if (files) {
      const { body, type } = multipart(JSON.stringify(wanted), files)
      response = api.post(path, { ...about, body, headers: { ...about.headers, 'Content-Type': type } })
    } else if (persisted) {
      const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(text) } }
      const { query: _, ...short } = { ...wanted, extensions }
      response = post(short)
      if (isUnknown(response)) response = post({ ...wanted, extensions })
    } else response = post(wanted)
    return told(answersIn(response, undefined), name, expectErrors)[0] as GraphqlAnswer
  }

  return Object.assign(send, {
    batch: (operations: readonly BatchedOperation[], given: GraphqlOptions & { name: string }) => {
      const { expectErrors, ...options } = given
      const headers = { Accept: ACCEPT, ...options.headers }
      const json = operations.map(({ query, ...operation }) => ({ query: textOf(query), ...operation }))
      const response = api.post(path, { ...options, headers, json, responseType: 'text' })
      return told(answersIn(response, operations.length), options.name, expectErrors)
    },
  }) as GraphqlClient
}

const ACCEPT = 'application/graphql-response+json, application/json;q=0.9'

/** Whether a server does not know a hash yet. */
const isUnknown = (response: Response): boolean =>
  answersIn(response, undefined)[0]?.answer.errors.some(
    ({ message, extensions }) =>
      message === 'PersistedQueryNotFound' || extensions?.code === 'PERSISTED_QUERY_NOT_FOUND',
  ) === true
