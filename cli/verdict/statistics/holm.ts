/**
 * Chances of findings among several, so that the chance of even one wrong finding stays below the limit that they are
 * held against (Holm 1979, Scand. J. Stat. 6:65): the smallest times m, the next times m − 1 …, none below one before it.
 */
export function holmChances(chances: readonly number[]): number[] {
  const order = chances.map((_, index) => index).sort((a, b) => (chances[a] ?? 1) - (chances[b] ?? 1))
  const adjusted = chances.map(() => 1)
  let least = 0
  for (const [rank, index] of order.entries()) {
    least = Math.min(1, Math.max(least, (chances[index] ?? 1) * (chances.length - rank)))
    adjusted[index] = least
  }
  return adjusted
}

/** Which of several chances are findings, if the chance of even one wrong one among all of them is to stay below `alpha`. */
export const holm = (chances: readonly number[], alpha: number): boolean[] =>
  holmChances(chances).map((chance) => chance <= alpha)
