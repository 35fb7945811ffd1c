function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/** ` Did you mean "x"?` for the nearest of `known` within three edits and half its length, else an empty string. */
export function didYouMean(got: string, known: readonly string[]): string {
  if (got.length > 64) return ''
  const ranked = known
    .map((name) => ({ name, away: distance(got.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.away - b.away)
  const best = ranked[0]
  if (best === undefined || best.away > 3 || best.away >= best.name.length / 2) return ''
  return ` Did you mean "${best.name}"?`
}
