import { flagsOf } from '../k6/index.ts'
import type { ExecutionSegment } from '../record/index.ts'
import type { Estimate } from './estimate.ts'

/** The execution segment that arguments or a suite's own options ask for; undefined if k6 runs the complete test. */
export function segmentOf(args: readonly string[], options: object = {}): ExecutionSegment | undefined {
  const flag = flagsOf(args).findLast(({ name }) => name === 'execution-segment')?.value
  const { executionSegment: own } = options as { executionSegment?: unknown }
  const text = flag ?? (typeof own === 'string' ? own : undefined)
  if (text === undefined || text === '') return undefined
  const [first = '', last = first] = text.split(':', 2)
  const share = numberOf(last) - (text.includes(':') ? numberOf(first) : 0)
  // What k6 cannot read it refuses itself.
  return share > 0 && share < 1 ? { text, share } : undefined
}

/** As k6 reads one: `50%`, `0.5`, `1/2`. */
function numberOf(text: string): number {
  if (text.endsWith('%')) return Number(text.slice(0, -1)) / 100
  const [above, below = '1'] = text.split('/', 2)
  return Number(above) / Number(below)
}

/** What a segment of an estimated test sends. */
export function inSegment(whole: Estimate, segment: ExecutionSegment | undefined): Estimate {
  if (!segment) return whole
  const { vus, rate, iterations, requests } = whole
  return {
    ...whole,
    vus: Math.ceil(vus * segment.share),
    rate: Math.round(rate * segment.share * 100) / 100,
    iterations: Math.round(iterations * segment.share),
    requests: Math.round(requests * segment.share),
  }
}

/** A segment as the end of a line; empty if the complete test runs. */
export const segmentText = (segment: ExecutionSegment | undefined): string =>
  segment ? ` (the segment ${segment.text} of the test)` : ''
