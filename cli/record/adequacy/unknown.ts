import { formatDuration } from '../../../config/duration.ts'
import type { Production } from './production.ts'

/** What rates do not tell of production, in a sentence; none where single requests were counted. */
export function unknownOf({
  stepSeconds,
  concurrency,
  mix,
}: Pick<Production, 'stepSeconds' | 'concurrency' | 'mix'>): string[] {
  if (stepSeconds === undefined) return []
  const unknown = [
    ...(mix.some(({ distinct }) => distinct !== undefined) ? [] : ['the spread of its data']),
    ...(concurrency === undefined ? ['requests in progress'] : []),
    stepSeconds === 0
      ? 'how its rate changes over time'
      : `bursts shorter than a step of ${formatDuration(stepSeconds * 1000)}`,
  ]
  return [`Not known of production: ${unknown.join(', ')}.`]
}
