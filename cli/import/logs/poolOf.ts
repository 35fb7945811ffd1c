import { rowsText } from '../write/requests/pool.ts'

/** A pool of addresses, each with how often it was asked for. */
export const poolOf = (rows: readonly (readonly [path: string, count: number])[]): string =>
  rowsText(
    ['path', 'count'],
    rows.map(([path, count]) => ({ path, count: String(count) })),
  )
