import type { FileData, Params } from 'k6/http'
import { operationIn } from '../../config/operationIn.ts'
import { deferred, type Failed } from '../deferred/index.ts'
import { errorNamed } from '../errors.ts'
import { http } from '../k6.ts'
import type { ReadFailed } from '../readFailed.ts'
import type { Client, RequestOptions, Response } from '../request.ts'
import {
  answerIn,
  answersIn,
  failedIn,
  unexpectedIn,
  type Found,
  type GraphqlAnswer,
  type Wanted,
} from './answer.ts'
import { textOf, type GraphqlDocument } from './document.ts'
import { crypto } from './k6.ts'
import { operations } from './metrics.ts'
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
  /**
   * What errors of an answer are: `expected` (an answer without one is a failure) or `allowed`; a failure where not given.
   * What is no answer of GraphQL, and a status that `expect` does not list, are failures all the same.
   */
  errors?: 'expected' | 'allowed'
}

/** One operation of several that are sent as one request; a document's variables are not held against its types. */
export interface BatchedOperation<Data = unknown> extends Operation {
  query: GraphqlDocument<Data, never>
}

/** What a request of several operations may say. */
export interface BatchOptions extends Pick<
  GraphqlOptions,
  'errors' | 'expect' | 'headers' | 'tags' | 'timeout'
> {
  name: string
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
  batch<const Data extends readonly unknown[]>(
    operations: { readonly [At in keyof Data]: BatchedOperation<Data[At]> },
    options: BatchOptions,
  ): { -readonly [At in keyof Data]: GraphqlAnswer<Data[At]> }
}

/** What one request says, be it of one operation or of several. */
interface Said extends Omit<RequestOptions, 'responseType'> {
  errors?: Wanted
  files?: GraphqlOptions['files']
}

/** Makes operations of GraphQL over a client, at a path of its target: `const shop = graphql(client(BASE_URL))`. */
export const graphql = (api: Client, path = '/graphql'): GraphqlClient => {
  /** Sends one request, and tells which of its answers failed, unless the client has told of their response. */
  const asking = ({ errors, files, ...options }: Said) => {
    let isHash = false
    let isTold = false
    let unexpected: Failed | undefined
    const failed: ReadFailed = (response) => {
      unexpected = unexpectedIn(response as Response)
      // What is meant by it, the answer says.
      isTold = !isHash || !UNKNOWN_STATUSES.includes(response.status)
      return isTold ? unexpected : undefined
    }
    const headers = { Accept: ACCEPT, ...options.headers }
    const about = { ...options, headers, responseType: 'text' as const, failed }
    return {
      post: (json: object, passes?: Params['responseCallback']): Response => {
        isHash = passes !== undefined
        isTold = false
        unexpected = undefined
        const sent = { ...about, ...(isHash && { passes }) }
        if (!files) return api.post(path, { ...sent, json })
        const { body, type } = multipart(JSON.stringify(json), files)
        return api.post(path, { ...sent, body, headers: { ...headers, 'Content-Type': type } })
      },
      judge: (found: Found): GraphqlAnswer => {
        const failure = unexpected ?? failedIn(found, errors)
        if (failure && !isTold) deferred().failRequest(failure, options.name)
        operations.count(options.name, isTold || failure !== undefined)
        return found.answer
      },
    }
  }

  const send = (query: GraphqlDocument, given: GraphqlOptions = {}): GraphqlAnswer => {
    const { name: named, variables, operationName, persisted, ...options } = given
    const text = textOf(query)
    const written = operationName ?? operationIn(text)
    const name = named ?? written
    if (name === undefined)
      throw errorNamed('this operation has no name: write one (`query Product { … }`), or give `name`')
    const { post, judge } = asking({ ...options, name })
    const wanted = { query: text, variables, operationName: written }
    if (!persisted) return judge(answerIn(post(wanted)))
    const extensions = { persistedQuery: { version: 1, sha256Hash: crypto.sha256(text, 'hex') } }
    const usual = options.expect ?? [{ min: 200, max: 399 }]
    const statuses = http.expectedStatuses(...usual, ...UNKNOWN_STATUSES)
    const short = answerIn(post({ ...wanted, query: undefined, extensions }, statuses))
    return judge(isUnknown(short) ? answerIn(post({ ...wanted, extensions })) : short)
  }

  return Object.assign(send, {
    batch: (all: readonly BatchedOperation[], options: BatchOptions) => {
      const { post, judge } = asking(options)
      const json = all.map(({ query, ...operation }) => ({ query: textOf(query), ...operation }))
      return answersIn(post(json), all.length).map(judge)
    },
  }) as GraphqlClient
}

const ACCEPT = 'application/graphql-response+json, application/json;q=0.9'

/** Statuses by which servers say that they do not know a hash yet: that is how its first use goes, and no failure. */
const UNKNOWN_STATUSES = [200, 400, 404]

/** Whether a server does not know a hash yet. */
const isUnknown = ({ answer: { errors } }: Found): boolean =>
  errors.some(
    ({ message, extensions }) =>
      message === 'PersistedQueryNotFound' || extensions?.code === 'PERSISTED_QUERY_NOT_FOUND',
  )
