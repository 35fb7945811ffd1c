import type { MonitorBundle } from '../ready.ts'

/** A rendering: files by their names, for a folder, and one text, for a pipe. */
export interface Rendering {
  files: Readonly<Record<string, string>>
  text: string
  /** What a person has to know of it. */
  notes: readonly string[]
}

/** A name of its own for each monitor, for files and resources: letters, digits and dashes, no number last. */
export function fileNames(all: readonly MonitorBundle[]): string[] {
  const seen = new Set<string>()
  return all.map(({ declared }) => {
    // gcx takes a number at the end for the id of an existing check.
    const slug = declared.job
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .replace(/^(?![a-z])/, 'monitor-')
      .replace(/-(\d+)$/, '-no$1')
    const name = [slug, ...Array.from(all, (_, index) => `${slug}-no${index + 2}`)].find(
      (one) => !seen.has(one),
    )
    seen.add(name ?? slug)
    return name ?? slug
  })
}
