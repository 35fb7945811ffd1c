/** Longer files are not compared line by line. */
const MAX_LINES = 3000

/** What changed from one text to another, as lines that begin with `-` or `+`; none where they are too long. */
export function lineDifference(before: readonly string[], after: readonly string[]): string[] {
  if (before.length > MAX_LINES || after.length > MAX_LINES) return []
  const width = after.length + 1
  // How many lines are equal from each pair of places on.
  const common = new Uint16Array((before.length + 1) * width)
  const at = (i: number, j: number): number => common[i * width + j] ?? 0
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] =
        before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const lines: string[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      i++
      j++
    } else if (i < before.length && (j >= after.length || at(i + 1, j) >= at(i, j + 1)))
      lines.push(`- ${before[i++] ?? ''}`)
    else lines.push(`+ ${after[j++] ?? ''}`)
  }
  return lines
}
