/**
 * Which of several chances are small enough that the chance of even one wrong finding among all of them stays below
 * `alpha` (Holm 1979, Scand. J. Stat. 6:65): the smallest must be below alpha / m, the next below alpha / (m − 1) …
 */
export function holm(chances: readonly number[], alpha: number): boolean[] {
  const found = chances.map(() => false)
  const order = chances.map((_, index) => index).sort((a, b) => (chances[a] ?? 1) - (chances[b] ?? 1))
  for (const [rank, index] of order.entries()) {
    if ((chances[index] ?? 1) > alpha / (chances.length - rank)) break
    found[index] = true
  }
  return found
}
