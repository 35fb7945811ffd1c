/**
 * What a `*.pool.ts` says.
 *
 * @module loadwright/rows
 */
import type { Pool, PoolOptions } from './pool.ts'

/** Where a `*.pool.ts` keeps its rows until the build has written them into the bundle. */
export interface Rows {
  rows: readonly object[]
  key?: string
}

/**
 * The default export of a `*.pool.ts`: rows made on Node, when the build runs. Whoever imports the file in a
 * journey gets a typed pool, with the rows inside the bundle.
 */
export const rows = <Row extends object>(
  list: readonly Row[],
  options: Pick<PoolOptions<Row>, 'key'> = {},
): Pool<Row> => ({ rows: list, ...options }) satisfies Rows as unknown as Pool<Row>
