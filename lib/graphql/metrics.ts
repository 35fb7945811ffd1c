import type { CATALOG } from '../catalog.ts'
import { Counter, Rate } from '../k6.ts'

type Own = keyof typeof CATALOG

const operations = new Counter('graphql_operations' satisfies Own)
const operationsFailed = new Counter('graphql_operations_failed' satisfies Own)
const operationFailed = new Rate('graphql_operation_failed' satisfies Own)

/** Counts an operation, and whether it failed: k6 sees the status alone, which is 200. */
export const countOperation = (name: string, failed: boolean): void => {
  const tags = { name }
  operations.add(1, tags)
  if (failed) operationsFailed.add(1, tags)
  operationFailed.add(failed, tags)
}
