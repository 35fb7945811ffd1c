import { andMore, plural } from '../../base/index.ts'
import { markedOf } from '../../k6/index.ts'
import type { Facts } from '../facts.ts'
import { thresholdNames, outOfPhase, unmeasuredThresholds } from '../unmeasured.ts'
import { rule } from './rule.ts'

const isCrossed = ({ thresholds }: Facts): boolean => thresholds.some(({ result }) => result === 'fail')

export const CROSSED = rule({
  code: 'threshold-crossed',
  about: 'a threshold was crossed',
  effect: 'fail',
  when: ({ thresholds }: Facts) =>
    thresholds
      .filter(({ result }) => result === 'fail')
      .map(({ metric, threshold, value, owner }) => ({ metric, threshold, value, owner })),
  say: ({ metric, threshold, value, owner }) =>
    `${metric}: ${threshold} was crossed${value === undefined ? '' : ` (${Math.round(value * 1000) / 1000})`}${owner === undefined ? '' : ` [${owner}]`}`,
})

export const CROSSED_IN_REGION = rule({
  code: 'region-crossed',
  about: 'a threshold was crossed in one of several regions, though it held in all',
  effect: 'note',
  when: ({ inRegions = [] }: Facts) => inRegions,
  say: ({ region, metric, threshold, value }) =>
    `in region ${region} ${metric}: ${threshold} was crossed (${Math.round(value * 1000) / 1000}), though it held in all`,
})

export const CROSSED_FOR_K6 = rule({
  code: 'threshold-crossed',
  about: 'k6 says that one was (exit code 99), and its figures do not say which',
  effect: 'fail',
  when: (facts: Facts) => (facts.k6 === 99 && !isCrossed(facts) ? [{}] : []),
  say: () => 'a threshold was crossed',
})

/** Reasons of a script that a verdict names at most. */
const MAX_MARKED = 3

export const MARKED = rule({
  code: 'marked-as-failed',
  about: 'the script marked the run as failed (`exec.test.fail`), as a single pass with a failure does',
  effect: 'fail',
  when: ({ k6, said = [] }: Facts) => {
    const whys = [...new Set(said.flatMap((text) => markedOf(text) ?? []))]
    const named = whys.slice(0, MAX_MARKED)
    return k6 === 110 ? [{ whys: named, more: whys.length - named.length }] : []
  },
  say: ({ whys, more }) => {
    const named = andMore(whys, more).join('; ')
    return `the script marked the run as failed${named === '' ? '' : `: ${named}`}`
  },
})

export const UNMEASURED = rule({
  code: 'no-samples',
  about:
    'thresholds had nothing to judge: those of the environment on checks and on HTTP are left out where the suite makes none',
  effect: 'invalid',
  when: (facts: Facts) => unmeasuredThresholds(facts),
  say: (named) => `no samples for ${thresholdNames(named)}: nothing was measured there`,
})

export const OUT_OF_PHASE = rule({
  code: 'phases-replaced',
  about:
    'thresholds judge phases that are gone, since k6 was told to replace the scenarios (`-i`, `-u`, `-d`, `-s`)',
  effect: 'inconclusive',
  when: (facts: Facts) => outOfPhase(facts),
  say: (named) =>
    `thresholds were not evaluated, because -u, -d, -i or -s replaced the scenarios and their phases: ${thresholdNames(named)}`,
})

export const SINGLE_PASS = rule({
  code: 'single-pass-held',
  about: 'a single pass failed nothing',
  effect: 'pass',
  when: ({ singlePass, k6 }: Facts) => (singlePass && k6 === 0 ? [{}] : []),
  say: () => 'the single pass failed nothing',
})

export const HELD = rule({
  code: 'thresholds-held',
  about: 'every threshold with something to judge held',
  effect: 'pass',
  when: ({ thresholds }: Facts) => {
    const held = thresholds.filter(({ result }) => result === 'pass').length
    return held > 0 ? [{ thresholds: held }] : []
  },
  say: ({ thresholds }) => `${plural(thresholds, 'threshold')} held`,
})

export const CHECKS_FAILED = rule({
  code: 'checks-failed',
  about: 'checks failed: of a plain script without thresholds, or where no request got an answer',
  effect: 'fail',
  when: ({ checks, failedChecks }: Facts) => (failedChecks > 0 ? [{ failed: failedChecks, of: checks }] : []),
  say: ({ failed, of }) => `${failed} of ${of} checks failed`,
})

export const CHECKS_HELD = rule({
  code: 'checks-held',
  about: 'every check of a plain script without thresholds held',
  effect: 'pass',
  when: ({ script, checks, failedChecks }: Facts) =>
    script && checks > 0 && failedChecks === 0 ? [{ checks }] : [],
  say: ({ checks }) => `${plural(checks, 'check')} held`,
})

export const NOTHING_JUDGED = rule({
  code: 'nothing-judged',
  about: 'there was no threshold with anything to judge; of a plain script, neither thresholds nor checks',
  effect: 'inconclusive',
  when: ({ script, thresholds, uncountedChecks = false }: Facts) => [
    { bare: script && thresholds.length === 0, uncounted: uncountedChecks },
  ],
  say: ({ bare, uncounted }) =>
    bare
      ? `nothing was judged: the script has no thresholds and ${uncounted ? 'its checks were not counted' : 'makes no checks'}`
      : 'nothing was judged: no threshold had samples',
})

export const NEAR_LIMIT = rule({
  code: 'limit-in-bucket',
  about:
    'a limit on a quantile over several instances lies where that quantile may be, so it was judged by interpolation',
  effect: 'note',
  when: ({ near = [] }: Facts) => near,
  say: ({ metric, threshold, value, from, to }) =>
    `${metric}: ${threshold} was judged by interpolation (${rounded(value)}): over all instances the value is between ${rounded(from)} and ${rounded(to)}`,
})

const rounded = (value: number): number => Number(value.toPrecision(4))

/** Quantiles of few samples that are named. */
const MAX_QUANTILES = 3

export const FEW_SAMPLES = rule({
  code: 'few-samples',
  about: 'a threshold judges a quantile of so few samples that it is their maximum',
  effect: 'note',
  when: ({ thresholds, samples = {} }: Facts) => {
    const few = thresholds.flatMap(({ metric, threshold }) => {
      const quantile = /^\s*p\(([\d.]+)\)/.exec(threshold)?.[1]
      const count = samples[metric] ?? 0
      return quantile === undefined || count === 0 || count * (1 - Number(quantile) / 100) >= 1
        ? []
        : [`p(${quantile}) of ${count} samples of ${metric}`]
    })
    const all = [...new Set(few)]
    const quantiles = all.slice(0, MAX_QUANTILES)
    return all.length > 0 ? [{ quantiles, more: all.length - quantiles.length }] : []
  },
  say: ({ quantiles, more }) =>
    `too few samples for a quantile, so it equals the maximum: ${andMore(quantiles, more).join(', ')}`,
})
