/** The sum of counts, of which there may be millions. */
export function total(counts: Uint32Array | Float64Array): number {
  let all = 0
  for (const count of counts) all += count
  return all
}
