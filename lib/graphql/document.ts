import { errorNamed } from '../errors.ts'

/** Where a code generator keeps the types of a document: nothing is there at run time. */
interface Typed<Data, Variables> {
  __apiType?: (variables: Variables) => Data
}

/** A document's text, such as code generators write it (`documentMode: 'string'`): a `String`. */
export interface DocumentString<Data = unknown, Variables = unknown> extends Typed<Data, Variables> {
  toString(): string
  charAt(at: number): string
}

/** A parsed document of `graphql-tag`, which knows the text that it was made of. */
export interface DocumentTree<Data = unknown, Variables = unknown> extends Typed<Data, Variables> {
  readonly kind: 'Document'
  readonly loc?: { readonly source: { readonly body: string } } | undefined
}

/** A document of GraphQL: its text, or what carries its text and types. */
export type GraphqlDocument<Data = unknown, Variables = unknown> =
  string | DocumentString<Data, Variables> | DocumentTree<Data, Variables>

/** The text of a document. Throws UsageError for a tree that has none. */
export const textOf = <Data, Variables>(document: GraphqlDocument<Data, Variables>): string => {
  if (typeof document === 'string') return document
  if (!('kind' in document)) return String(document)
  const text = document.loc?.source.body
  if (text === undefined)
    throw errorNamed(
      "this document is a tree without its text: let the code generator write texts (documentMode: 'string')",
    )
  return text
}
