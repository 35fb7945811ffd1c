import { number, share } from '../base/index.ts'
import type { AdequacyRow } from './row.ts'

const MAX_NAMED = 3

/** Whether a test can stand for production, and if not, why: one sentence. */
export function sentenceOf(source: string, rows: readonly AdequacyRow[]): string {
  const differ = rows.filter(({ differs }) => differs)
  if (differ.length === 0) return `The test is adequate to the traffic of ${source}.`
  const of = (aspect: AdequacyRow['aspect']): AdequacyRow[] => differ.filter((row) => row.aspect === aspect)
  const mix = of('mix')
  const more = mix.length - MAX_NAMED
  const whys = [
    ...of('not covered')
      .slice(-1)
      .map(
        ({ what, production }) =>
          `it asks for nothing of ${what.startsWith('all ') ? `${share(production)} of production’s requests` : what}`,
      ),
    ...(mix.length === 0
      ? []
      : [
          `its mix is another (${mix
            .toSorted((a, b) => gap(b) - gap(a))
            .slice(0, MAX_NAMED)
            .map(
              ({ what, production, test = 0 }) => `${what} ${share(test)} in place of ${share(production)}`,
            )
            .join(', ')}${more > 0 ? `, and ${more} more` : ''})`,
        ]),
    ...of('rate').map(
      ({ what, production, test = 0 }) =>
        `its rate is lower (${what.replace('requests per second, mean', 'on average')} ${number(test)}/s in place of ${number(production)}/s)`,
    ),
    ...(of('data').length === 0
      ? []
      : [
          `its data is narrower (${of('data')
            .map(({ what }) => what)
            .join(', ')})`,
        ]),
    ...of('concurrency').map(
      ({ production, test = 0 }) =>
        `fewer requests are in progress (${number(test)} in place of ${number(production)})`,
    ),
  ]
  return `The test is not adequate to the traffic of ${source}: ${whys.join('; ')}.`
}

const gap = ({ production, test = 0 }: AdequacyRow): number => Math.abs(production - test)
