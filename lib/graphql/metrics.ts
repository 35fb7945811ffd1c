import { outcomes } from '../outcomes.ts'

/** Operations, and those that failed: k6 sees the status alone, which is 200. */
export const operations = outcomes({
  all: 'graphql_operations',
  failed: 'graphql_operations_failed',
  share: 'graphql_operation_failed',
})
