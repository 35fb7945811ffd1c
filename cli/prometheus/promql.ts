import { parseDuration } from '../../config/duration.ts'

/** PromQL without its texts, in which anything may stand. */
export const withoutTexts = (query: string): string =>
  query.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g, '""').replace(/#.*$/gm, '')

/** Milliseconds of the longest range in a query, `[5m]` or `[5m:30s]`; 0 without one. */
export function longestRange(query: string): number {
  const ranges = [...withoutTexts(query).matchAll(/\[\s*([\w.]+)\s*(?::[^\]]*)?\]/g)]
  return Math.max(0, ...ranges.map(([, text = '']) => parseDuration(inDays(text)) ?? 0))
}

/** Prometheus has weeks and years, too. */
const inDays = (text: string): string =>
  text.replace(
    /(\d+)([wy])/g,
    (_, amount: string, unit: string) => `${Number(amount) * (unit === 'w' ? 7 : 365)}d`,
  )
