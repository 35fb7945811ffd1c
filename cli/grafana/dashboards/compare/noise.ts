import { LIMITS } from '../../../verdict/index.ts'
import { byName, fixed, type Override } from '../../overrides.ts'
import type { TargetsAsked } from '../../panels.ts'
import type { PanelThreshold } from '../../schema.ts'

/** How far two runs of the same may differ: as a share of the base, or in points of a share. `loadwright compare` knows more. */
export type Noise = { readonly share: number } | { readonly points: number }

/** A bucket of a native histogram is 9 % wide: of times, less than this cannot be told apart. */
export const TIMES: Noise = { share: 0.1 }
/** Of other figures, what does not matter to `loadwright compare`. */
export const RATES: Noise = { share: LIMITS.relative }
export const FAILURES: Noise = { points: LIMITS.points }

/** In words, for a description. */
export const noiseText = (noise: Noise): string =>
  'share' in noise ? `${noise.share * 100} %` : `${noise.points * 100} points`

/** Colours of a difference: none within the noise. A step holds from its value on. */
export function noiseSteps(noise: Noise, worse: 'more' | 'less'): PanelThreshold[] {
  const [less, more] = worse === 'more' ? (['green', 'red'] as const) : (['red', 'green'] as const)
  const band = 'share' in noise ? noise.share : noise.points
  return [
    { color: less, value: null },
    { color: 'text', value: -band },
    { color: more, value: band },
  ]
}

const [UPPER, LOWER] = ['noise, above the base', 'noise, below it']

/** The band around the base within which a difference says nothing, in PromQL. */
export const noiseBand = (base: string, noise: Noise): TargetsAsked[] =>
  (['+', '-'] as const).map((sign) => ({
    expr:
      'share' in noise
        ? `(${base}) * (1 ${sign} ${noise.share})`
        : `clamp_min((${base}) ${sign} ${noise.points}, 0)`,
    legendFormat: sign === '+' ? UPPER : LOWER,
    range: true,
    instant: false,
    format: 'time_series',
  }))

const UNSEEN = { 'custom.lineWidth': 0, 'custom.hideFrom': { legend: true, tooltip: true, viz: false } }

/** How the band is drawn: filled, without lines. */
export const NOISE_STYLE: readonly Override[] = [
  byName(UPPER, { ...fixed('gray'), ...UNSEEN, 'custom.fillBelowTo': LOWER, 'custom.fillOpacity': 15 }),
  byName(LOWER, { ...fixed('gray'), ...UNSEEN, 'custom.fillOpacity': 0 }),
]
