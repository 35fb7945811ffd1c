import { exec } from './k6.ts'
import { errorNamed } from './errors.ts'
import type { Pool } from './pool.ts'
import { random } from './random.ts'
import { choose, cumulate } from './weighted.ts'

/** Any row, each as likely. */
export const randomRow = <Row>(pool: Pool<Row>): Row => pool.at(Math.floor(random() * pool.length))

/** The next row of this VU, from a place of its own; begins again after the last. Throws UsageError outside of iterations. */
export const nextRow = <Row>(pool: Pool<Row>): Row =>
  pool.at(inIteration('nextRow()', () => exec.vu.idInTest - 1 + exec.vu.iterationInScenario) % pool.length)

/**
 * A row that no other iteration of the scenario gets, on any instance of a distributed test.
 * Throws UsageError when there are more iterations than rows, and outside of iterations.
 */
export const uniqueRow = <Row>(pool: Pool<Row>): Row => {
  const index = inIteration('uniqueRow()', () => exec.scenario.iterationInTest)
  if (index >= pool.length)
    throw errorNamed(
      `uniqueRow() has run out: pool "${pool.name}" has ${pool.length} rows, fewer than iterations`,
    )
  return pool.at(index)
}

const inIteration = (what: string, read: () => number): number => {
  try {
    if (__VU > 0) return read()
  } catch {
    // Init, which k6 says of its own accord in other words.
  }
  throw errorNamed(`${what} gives the row of an iteration: init, setup and teardown have none`)
}

const sums = new WeakMap<object, Map<string, number[]>>()

/** A row by weight: the value of a numeric property. Throws UsageError where no row has one above 0. */
export const weightedRow = <Row extends object>(pool: Pool<Row>, by: keyof Row & string): Row =>
  pool.at(choose(sumsOf(pool, `by ${by}`, (index) => Number(pool.at(index)[by]))))

/** A row by Zipf's law: the k-th row is as likely as 1 / k^exponent, so the first ones are the favourites. */
export const zipfRow = <Row>(pool: Pool<Row>, exponent = 1): Row =>
  pool.at(choose(sumsOf(pool, `zipf ${exponent}`, (index) => 1 / (index + 1) ** exponent)))

const sumsOf = (pool: Pool, rule: string, weight: (index: number) => number): number[] => {
  const known = sums.get(pool) ?? new Map<string, number[]>()
  sums.set(pool, known)
  const key = `${rule} ${pool.length}`
  let list = known.get(key)
  if (!list)
    known.set(
      key,
      (list = cumulate(
        `pool "${pool.name}" ${rule}`,
        Array.from({ length: pool.length }, (_, index) => weight(index)),
      )),
    )
  return list
}
