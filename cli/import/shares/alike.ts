/** Of a row's length, what may be left of it beside the others for it to be nothing. */
const NOTHING = 0.001

/**
 * Journeys that no count of requests can tell apart: those whose requests are, in number, those of one other (`twins`), and
 * those whose requests are those of several others together (`sums`). Found by Gram–Schmidt.
 */
export function alike(asked: readonly (readonly number[])[]): { twins: [number, number][]; sums: number[] } {
  const units = asked.map(unit)
  const twins: [number, number][] = []
  const sums: number[] = []
  const basis: number[][] = []
  for (const [at, row] of units.entries()) {
    const rest = basis.reduce((left, axis) => minus(left, axis, dot(left, axis)), [...row])
    if (Math.sqrt(dot(rest, rest)) > NOTHING) {
      basis.push(unit(rest))
      continue
    }
    const other = units.slice(0, at).findIndex((one) => {
      const apart = minus(row, one, 1)
      return Math.sqrt(dot(apart, apart)) <= NOTHING
    })
    if (other >= 0) twins.push([other, at])
    else sums.push(at)
  }
  return { twins, sums }
}

const dot = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((total, value, at) => total + value * (other[at] ?? 0), 0)
const minus = (one: readonly number[], other: readonly number[], times: number): number[] =>
  one.map((value, at) => value - times * (other[at] ?? 0))
const unit = (row: readonly number[]): number[] => {
  const length = Math.sqrt(dot(row, row))
  return row.map((value) => (length > 0 ? value / length : 0))
}
