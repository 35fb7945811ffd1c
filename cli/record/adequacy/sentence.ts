import { number, plural, share } from '../../base/index.ts'
import type { AdequacyRow } from './row.ts'

const MAX_NAMED = 3

/** Fewer requests tell nothing of shares: of 100, one of 50 % may be off by 15 points by chance. */
const LEAST_REQUESTS = 100

/** How many requests are known. */
export interface Evidence {
  production: number
  /** Infinity where the test is a plan. */
  test: number
}

/** Whether a test can stand for production, and if not, why; or why it cannot be told: one sentence. */
export function sentenceOf(source: string, rows: readonly AdequacyRow[], evidence: Evidence): string {
  const differ = rows.filter(({ differs }) => differs)
  const tooFew = (of: string, requests: number): string =>
    `Whether the test is adequate to the traffic of ${source} cannot be told: ${of} has ${plural(Math.round(requests), 'request')}, and fewer than ${LEAST_REQUESTS} tell nothing of shares.`
  if (evidence.production < LEAST_REQUESTS) return tooFew('it', evidence.production)
  if (differ.length === 0)
    return evidence.test < LEAST_REQUESTS
      ? tooFew('the test', evidence.test)
      : `The test is adequate to the traffic of ${source}.`
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
