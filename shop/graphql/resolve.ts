import { pieces } from '../carts.ts'
import { PRODUCT, PRODUCTS, type CatalogProduct } from '../catalog.ts'
import type { Stock } from '../stock.ts'
import type { AskedField, Operation } from './parse.ts'

/** Whose request it is, and with what. */
export interface Caller {
  readonly session: string
  readonly stock: Stock
  readonly variables: Readonly<Record<string, unknown>>
}

/** What one operation gives, as GraphQL has it. */
export interface Answered {
  data: Record<string, unknown> | null
  errors?: readonly GraphqlProblem[]
}

/** A problem of an answer, and where it is. */
export interface GraphqlProblem {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions?: { readonly code: string }
}

type Given = Readonly<Record<string, unknown>>
type Resolver = (given: Given, caller: Caller) => unknown

const find = (id: unknown, { behaviour }: Stock): CatalogProduct => {
  const product = behaviour.isMissing(String(id)) ? undefined : PRODUCT.get(String(id))
  if (!product) throw new Error(`no product with ID ${String(id)}`)
  return product
}

const shown = ({ cents, ...product }: CatalogProduct) => ({
  __typename: 'Product',
  ...product,
  price: { __typename: 'Money', currencyCode: 'USD', amount: cents / 100 },
})

const cartOf = ({ session, stock }: Caller) => {
  const cart = stock.carts.get(session)
  const items = Array.from(cart, ([id, quantity]) => ({
    __typename: 'CartItem',
    quantity,
    product: () => shown(find(id, stock)),
  }))
  return { __typename: 'Cart', size: pieces(cart), items }
}

const ROOTS: Readonly<Record<Operation['kind'], Readonly<Record<string, Resolver>>>> = {
  query: {
    __typename: () => 'Query',
    products: () => PRODUCTS.map(shown),
    product: ({ id }, { stock }) => shown(find(id, stock)),
    cart: (_, caller) => cartOf(caller),
  },
  mutation: {
    __typename: () => 'Mutation',
    addToCart: ({ productId, quantity = 1 }, caller) => {
      if (!Number.isInteger(quantity) || Number(quantity) < 1 || Number(quantity) > 10)
        throw new Error(`quantity ${String(quantity)} is not a whole number from 1 to 10`)
      caller.stock.carts.add(caller.session, find(productId, caller.stock).id, Number(quantity))
      return cartOf(caller)
    },
    emptyCart: (_, caller) => {
      caller.stock.carts.empty(caller.session)
      return cartOf(caller)
    },
    upload: ({ file }) => {
      if (typeof file !== 'object' || file === null) throw new Error('upload wants a file')
      return { __typename: 'File', ...file }
    },
  },
}

/** Does what an operation asks for; a field that cannot be had is null, and told. */
export function resolve({ kind, fields }: Operation, caller: Caller): Answered {
  const errors: GraphqlProblem[] = []
  const data: Record<string, unknown> = {}
  for (const field of fields) {
    const resolver = Object.hasOwn(ROOTS[kind], field.name) ? ROOTS[kind][field.name] : undefined
    if (!resolver)
      return { data: null, errors: [{ message: `Cannot query field "${field.name}" on type "${kind}".` }] }
    data[field.key] = settled(() => resolver(argumentsOf(field, caller), caller), field, [field.key], errors)
  }
  return errors.length > 0 ? { data, errors } : { data }
}

function argumentsOf({ given }: AskedField, { variables }: Caller): Given {
  const all = Array.from(given, ([name, one]) => [
    name,
    'variable' in one ? variables[one.variable] : one.value,
  ])
  return Object.fromEntries(all) as Given
}

function settled(
  make: () => unknown,
  field: AskedField,
  path: readonly (string | number)[],
  errors: GraphqlProblem[],
): unknown {
  try {
    return picked(make(), field, path, errors)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    errors.push({ message, path, extensions: { code: 'NOT_FOUND' } })
    return null
  }
}

function picked(
  value: unknown,
  field: AskedField,
  path: readonly (string | number)[],
  errors: GraphqlProblem[],
): unknown {
  if (Array.isArray(value)) return value.map((one, at) => picked(one, field, [...path, at], errors))
  if (typeof value !== 'object' || value === null || field.fields.length === 0) return value ?? null
  const of = value as Record<string, unknown>
  const all = field.fields.map((inner) => {
    const at = [...path, inner.key]
    const own = Object.hasOwn(of, inner.name) ? of[inner.name] : undefined
    const make = typeof own === 'function' ? (own as () => unknown) : () => own
    return [inner.key, settled(make, inner, at, errors)] as const
  })
  return Object.fromEntries(all)
}
