import { errorNamed } from './errors.ts'
import { SharedArray } from './k6.ts'
import { iteration } from './iteration.ts'

/** Shared data: rows that every VU can read. */
export interface Pool<Row = unknown> {
  readonly name: string
  /** Rows in use; those put in quarantine are not counted. */
  readonly length: number
  /** The row at an index from 0; costs a parse where the rows are shared, so read a row once per iteration. */
  at(index: number): Row
  /** What its rows are called, and where they are known. */
  readonly options: { key?: string; probe?(row: unknown): string }
  /** Leaves out rows by index, for good. */
  quarantine(indices: readonly number[]): void
}

/** What may be said of a pool. */
export interface PoolOptions<Row> {
  /** The property that names a row in failures; the row's index where not given. */
  key?: keyof Row & string
  /**
   * The URL that knows a row, if the target has one: tried once for each row before load starts. A journey that uses
   * such a row without naming the pool in its `pools` throws UsageError.
   */
  probe?(row: Row): string
}

/**
 * Makes a pool of rows, or of the JSON text of a table (`[[keys…], [values…], …]`), which the build makes of a
 * `*.pool.*` file. A text is parsed once and shared by all VUs; an array is the VU's own, so keep it short.
 * Init only; `name` must be the pool's own. Throws RangeError on no rows.
 */
export const pool = <Row extends object>(
  name: string,
  source: readonly Row[] | string,
  options: PoolOptions<Row> = {},
): Pool<Row> => {
  const rows =
    typeof source === 'string'
      ? new SharedArray<Row>(name, () => {
          const [keys, ...values] = JSON.parse(source) as [string[], ...unknown[][]]
          return values.map(
            (row) => Object.fromEntries(keys.map((key, index) => [key, row[index]])) as unknown as Row,
          )
        })
      : source
  if (rows.length === 0) throw new RangeError(`pool "${name}" has no rows`)
  let kept: number[] | undefined
  return {
    name,
    options: { ...(options as Pool['options']) },
    get length() {
      return kept?.length ?? rows.length
    },
    at(index) {
      const { key } = this.options
      const place = kept ? (kept[index] ?? -1) : index
      const row = rows[place]
      if (row === undefined) throw new RangeError(`pool "${name}" has no row ${index}`)
      const running = iteration
      if (running) {
        if (this.options.probe && !running.pools?.includes(this))
          throw errorNamed(`journey "${running.journey}" has to name pool "${name}" in its pools`)
        ;(running.rows ??= {})[name] = String(key ? row[key as keyof Row] : place)
      }
      return row
    },
    quarantine: (indices) => {
      const out = new Set(indices)
      kept = Array.from({ length: rows.length }, (_, index) => index).filter((index) => !out.has(index))
    },
  }
}

/**
 * Says of a pool from a file what its rows are called and which URL knows them, so that they are tried before load
 * starts: `tried(gifts, { key: 'id', probe: ({ id }) => `${BASE_URL}/product/${id}` })`. Gives the same pool, which
 * TypeScript takes for an array where the file is a `*.pool.json`; throws TypeError for a real one.
 */
export const tried = <Row extends object>(
  source: Pool<Row> | readonly Row[],
  options: PoolOptions<Row>,
): Pool<Row> => {
  if (!('options' in source)) throw new TypeError('tried() takes what a *.pool.* file exports: got an array')
  Object.assign(source.options, options)
  return source
}
