import type { FailureCluster } from '../record/index.ts'
import { isTelling, readExcerpt, tellingPart } from '../verdict/index.ts'

/** A cause as a sentence: `checkout › place order: order is accepted: expected status 200, got status 500`. */
export function causeSentence(cause: FailureCluster): string {
  const { journey, step, kind, what, expected, got, status, origin } = cause
  const place = [journey, step].filter((part) => part !== undefined).join(' › ')
  const where = place === '' ? '' : `${place}: `
  const from = origin === undefined ? '' : ' (from the tunnel)'
  if (kind === 'request') return `${where}request ${what} answered ${got ?? `status ${status ?? 0}`}${from}`
  return `${where}${what}${expected === undefined ? '' : `: expected ${expected}`}${got === undefined ? '' : `, got ${got}`}`
}

/** What followed from a cause, as a sentence each: checks that could not hold, errors. */
export function followed({ consequences = [] }: Pick<FailureCluster, 'consequences'>): string[] {
  const of = (kind: string): string =>
    consequences
      .filter((one) => one.kind === kind)
      .map(({ what }) => what)
      .join(', ')
  const [checks, errors] = [of('check'), of('error')]
  return [
    ...(checks === '' ? [] : [`so did not hold: ${checks}`]),
    ...(errors === '' ? [] : [`then came: ${errors}`]),
  ]
}

/**
 * The sentence of a cause's body that tells what went wrong; undefined where there was none, and where an answer that
 * was no error tells of none.
 */
export function answered({
  excerpt,
  status,
}: Pick<FailureCluster, 'excerpt' | 'status'>): string | undefined {
  if (excerpt === undefined || excerpt === '') return undefined
  const text = readExcerpt(excerpt)
  return status !== undefined && status < 400 && !isTelling(text) ? undefined : tellingPart(text)
}
