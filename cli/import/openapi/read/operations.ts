import { withoutWords } from '../../secrets/secretWords.ts'
import { freeName } from '../freeName.ts'
import { contentOf, successOf, type Content, type Success } from './content.ts'
import type { Documents } from './documents.ts'
import { parametersOf, type Parameter } from './parameters.ts'
import { child, children, keyOf, own, textAt, type Place } from './place.ts'

/** What an API can be asked for. */
export interface Operation {
  /** The name of its function. */
  id: string
  /** As k6 has it: `GET`. */
  method: string
  /** As the document has it: `/orders/{id}`. */
  path: string
  /** The name of its requests: `/orders/:id`. */
  name: string
  /** What it does, in a line; undefined where nobody says so. */
  summary: string | undefined
  deprecated: boolean
  /** Whether its name is made of method and path. */
  unnamed: boolean
  parameters: readonly Parameter[]
  body: Body | undefined
  success: Success
  /** Its `security`; undefined where the document's holds. */
  security: Place | undefined
  /** Its own `servers`; undefined where the document's hold. */
  servers: Place | undefined
}

/** What an operation is sent. */
export interface Body extends Content {
  required: boolean
}

const METHODS = ['get', 'head', 'options', 'post', 'put', 'patch', 'delete', 'trace']
const SAFE = ['GET', 'HEAD']

/** Whether an operation only reads. */
export const isSafe = ({ method }: Operation): boolean => SAFE.includes(method)

/** The operations of a document, in its order; `names` are those that no function may have. */
export function operationsOf(documents: Documents, names: readonly string[]): Operation[] {
  const taken = new Set(names)
  return children(child(documents.root, 'paths')).flatMap((written): Operation[] => {
    const path = keyOf(written)
    if (path.startsWith('x-')) return []
    if (!path.startsWith('/')) {
      documents.problem(written, `the path "${path}"`, 'a path that begins with /')
      return []
    }
    const item = documents.follow(written)
    const methods = METHODS.filter((method) => own(item.value, method) !== undefined)
    return methods.map((method) => operationOf(method, path, item, methods, documents, taken))
  })
}

function operationOf(
  method: string,
  path: string,
  item: Place,
  methods: readonly string[],
  documents: Documents,
  taken: Set<string>,
): Operation {
  // Some documents have each operation in a file of its own.
  const place = documents.follow(child(item, method))
  const { value } = place
  const template = path.replace(/\{([^{}]+)\}/g, ':$1')
  const plain = method === 'get' || methods.length === 1
  const request = documents.follow(child(place, 'requestBody'))
  const content = method === 'get' || method === 'head' ? undefined : contentOf(request, documents)
  const servers = [place, item].map((of) => child(of, 'servers')).find((of) => Array.isArray(of.value))
  return {
    id: freeName((textAt(value, 'operationId') ?? spoken(method, path)).slice(0, 80), taken, 'Request'),
    method: method.toUpperCase(),
    path,
    name: plain ? template : `${method.toUpperCase()} ${template}`,
    summary: withoutWords('', textAt(value, 'summary') ?? textAt(value, 'description') ?? '') || undefined,
    deprecated: own(value, 'deprecated') === true,
    unnamed: textAt(value, 'operationId') === undefined,
    parameters: parametersOf(item, place, path, documents),
    body: content && { ...content, required: own(request.value, 'required') === true },
    success: successOf(place, documents),
    security: own(value, 'security') === undefined ? undefined : child(place, 'security'),
    servers,
  }
}

/** `get orders by id` of GET /orders/{id}. */
const spoken = (method: string, path: string): string =>
  `${method} ${path.replace(/\{([^{}]+)\}/g, ' by $1 ')}`.replace(/([a-z\d])([A-Z])/g, '$1 $2')
