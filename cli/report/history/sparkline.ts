const BLOCKS = '▁▂▃▄▅▆▇█'
/** Runs of a line at most, the newest ones. */
const MAX_RUNS = 32
/** The least range of a line, as a part of its middle: noise does not fill it. */
const LEAST_RANGE = 0.25

/** Figures of runs as a line of blocks, the newest to the right; a gap is a space. */
export function sparkline(values: readonly (number | null)[]): string {
  const shown = values.slice(-MAX_RUNS)
  const known = shown.filter((value) => value !== null)
  if (known.length === 0) return ''
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const middle = (low + high) / 2
  const range = Math.max(high - low, Math.abs(middle) * LEAST_RANGE)
  const least = middle - range / 2
  return shown
    .map((value) => {
      if (value === null) return ' '
      const at = range === 0 ? 0 : Math.floor(((value - least) / range) * BLOCKS.length)
      return BLOCKS[Math.min(BLOCKS.length - 1, at)] ?? ''
    })
    .join('')
}
