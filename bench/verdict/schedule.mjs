// In which order `npm run bench:verdict` makes its runs.
import { BASE, KINDS } from './kinds.mjs'

/** Runs of the baseline before the first candidate. */
export const BEFORE = 8
/** Runs that are made side by side. */
export const LANES = 2

/** @typedef {{ kind: string, id: string }} Job */

const SEED = 20261122

/**
 * The runs in stretches, each of runs that may be made side by side: first those of the baseline alone, then one of each
 * kind and round, as many rounds as there are lanes, shuffled, and those on a busy machine after them.
 * @param {number} candidates of each kind
 * @param {readonly string[]} kinds
 * @returns {Job[][]}
 */
export function stretches(candidates, kinds) {
  const random = numbers(SEED)
  const job = (/** @type {string} */ kind, /** @type {number} */ round) => ({
    kind,
    id: `${kind}-${String(round).padStart(3, '0')}`,
  })
  const all = [Array.from({ length: BEFORE }, (_, round) => job(BASE, round))]
  for (let round = BEFORE; round < BEFORE + candidates; round += LANES) {
    const rounds = Array.from({ length: Math.min(LANES, BEFORE + candidates - round) }, (_, at) => round + at)
    const of = (/** @type {boolean} */ busy) =>
      kinds
        .filter((kind) => Boolean(KINDS[kind]?.busy) === busy)
        .flatMap((kind) => rounds.map((at) => job(kind, at)))
    all.push(shuffled(of(false), random), of(true))
  }
  return all.filter((jobs) => jobs.length > 0)
}

/** @template T @param {readonly T[]} values @param {() => number} random */
const shuffled = (values, random) =>
  values
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value)

/** Numbers in [0, 1), the same for the same seed (mulberry32). @param {number} seed */
function numbers(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
