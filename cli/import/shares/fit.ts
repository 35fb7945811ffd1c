import { sum } from '../../../config/sum.ts'

/** Enough that shares stay the same to four digits. */
const MAX_ROUNDS = 20_000
/** Of all iterations, what a round moves at least while it still matters. */
const LEAST_MOVE = 1e-10

/**
 * How often each journey was made, none below 0, so that their requests together come closest to `counts`: `asked[j][k]` is
 * how often an iteration of journey j makes request k. By the multiplicative rounds of Richardson (J. Opt. Soc. Am. 62, 1972)
 * and Lucy (Astron. J. 79, 1974), x_j ← x_j · Σ_k a_jk · b_k / (Σ_i x_i · a_ik) / Σ_k a_jk, which are EM for counts of Poisson
 * (Shepp and Vardi, IEEE Trans. Med. Imaging 1, 1982): no round makes the likelihood less, and all requests together stay as many
 * as there are. Each journey has to ask for something.
 */
export function fitted(asked: readonly (readonly number[])[], counts: readonly number[]): number[] {
  const sizes = asked.map(sum)
  const total = sum(counts)
  let times = sizes.map((size) => total / sizes.length / size)
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const ratios = counts.map((count, at) => {
      const expected = sum(asked.map((row, journey) => (row[at] ?? 0) * (times[journey] ?? 0)))
      return expected > 0 ? count / expected : 0
    })
    const next = times.map(
      (own, journey) =>
        (own * sum((asked[journey] ?? []).map((each, at) => each * (ratios[at] ?? 0)))) /
        (sizes[journey] ?? 1),
    )
    const moved = sum(next.map((own, journey) => Math.abs(own - (times[journey] ?? 0))))
    times = next
    if (moved <= LEAST_MOVE * sum(times)) break
  }
  return times
}

/** Of all iterations, less than which is none: rounds come near 0, and never there. */
const LEAST_SHARE = 0.001

/**
 * The shares of journeys of all iterations, which are 1 together, and how many iterations make the requests that were counted
 * as often as they were. Journeys of almost no share have none.
 */
export function sharesOf(
  asked: readonly (readonly number[])[],
  counts: readonly number[],
): { shares: number[]; iterations: number } {
  const first = fitted(asked, counts)
  const kept = asked.map((_, journey) => (first[journey] ?? 0) >= LEAST_SHARE * sum(first))
  const again = fitted(
    asked.filter((_, journey) => kept[journey]),
    counts,
  )
  const times = kept.map((is) => (is ? (again.shift() ?? 0) : 0))
  const made = sum(
    counts.map((count, at) =>
      count > 0 ? sum(asked.map((row, journey) => (row[at] ?? 0) * (times[journey] ?? 0))) : 0,
    ),
  )
  const all = sum(times)
  return { shares: times.map((own) => own / all), iterations: (all * sum(counts)) / made }
}
