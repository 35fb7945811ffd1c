import type { Recording, Sample } from '../testing/index.ts'

/** The samples of one metric whose tags include the given ones. */
export function samples(seen: Recording, metric: string, tags: Record<string, string> = {}): Sample[] {
  return seen.samples.filter(
    (sample) =>
      sample.metric === metric && Object.entries(tags).every(([name, value]) => sample.tags[name] === value),
  )
}

/** Their values. */
export function values(seen: Recording, metric: string, tags?: Record<string, string>): number[] {
  return samples(seen, metric, tags).map(({ value }) => value)
}

/** The sum of their values. */
export function total(seen: Recording, metric: string, tags?: Record<string, string>): number {
  return values(seen, metric, tags).reduce((sum, value) => sum + value, 0)
}

/** The library's own console lines, parsed. */
export function events(seen: Recording): Record<string, unknown>[] {
  return seen.logs
    .filter(({ text }) => text.startsWith('{"loadwright"'))
    .map(({ text }) => JSON.parse(text) as Record<string, unknown>)
}
