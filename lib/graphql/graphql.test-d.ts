import { expectTypeOf, test } from 'vitest'
import { check } from '../check.ts'
import { client } from '../client.ts'
import { graphql, noErrors, type DocumentString } from './index.ts'

const shop = graphql(client('http://localhost'))

/** What a code generator writes. */
declare const document: DocumentString<{ product: { name: string } }, { id: string }>

test('a document of a code generator types its variables and its data', () => {
  expectTypeOf(shop(document, { variables: { id: '1' } }).data).toEqualTypeOf<{
    product: { name: string }
  } | null>()
  // @ts-expect-error -- another variable
  shop(document, { variables: { name: '1' } })
})

test('a text is typed by hand', () => {
  expectTypeOf(shop<{ a: number }>('query A { a }').data).toEqualTypeOf<{ a: number } | null>()
  check(shop('query A { a }'), { 'no errors': noErrors() })
  check(shop<{ a: number }>('query A { a }'), {
    'no errors': noErrors(),
    'a is there': ({ data }) => data?.a === 1,
  })
  // @ts-expect-error -- no document
  shop({})
  const [product, list] = shop.batch(
    [{ query: document, variables: { id: '1' } }, { query: 'query A { a }' }],
    {
      name: 'both',
    },
  )
  expectTypeOf(product.data).toEqualTypeOf<{ product: { name: string } } | null>()
  expectTypeOf(list.data).toEqualTypeOf<unknown>()
  // @ts-expect-error -- several operations have no name of their own
  shop.batch([{ query: 'query A { a }' }], {})
})
