import { NANOS_PER_CENT, NANOS_PER_UNIT, logoOf, rateOf, RATE_SCALE } from './currencies.ts'

/** An amount of one currency in billionths of its unit: whole units carry into each other by nature. */
export type Nanos = bigint

/** Nanos of a price in cents. */
export const fromCents = (cents: number): Nanos => BigInt(cents) * NANOS_PER_CENT

/**
 * Converts US dollars to `code` as the shop does: to euros, rounded to a nano, then to the target, cut to a nano.
 * A code without a rate gives 0, which is how the shop turns a wrong currency into a free order.
 */
export function fromDollars(amount: Nanos, code: string): Nanos {
  const target = rateOf(code)
  const dollars = rateOf('USD')
  if (target === undefined || dollars === undefined) return 0n
  const euros = (amount * RATE_SCALE * 2n + dollars) / (dollars * 2n)
  return (euros * target) / RATE_SCALE
}

/** An amount as the pages print it: logo, units, two digits cut off (never rounded), for yen as well. */
export function print(amount: Nanos, code: string): string {
  const cents = (amount % NANOS_PER_UNIT) / NANOS_PER_CENT
  return `${logoOf(code)}${amount / NANOS_PER_UNIT}.${cents.toString().padStart(2, '0')}`
}
