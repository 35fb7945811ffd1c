/**
 * Operations of GraphQL over a client, with errors that count whatever the status is.
 *
 * @module loadwright/graphql
 */
export { noErrors, type GraphqlAnswer, type GraphqlError } from './answer.ts'
export type { DocumentString, DocumentTree, GraphqlDocument } from './document.ts'
export {
  graphql,
  type BatchedOperation,
  type BatchOptions,
  type GraphqlClient,
  type GraphqlOptions,
  type Operation,
} from './graphql.ts'
