import { createHash } from 'node:crypto'

/** The id of the panel of an author's own metric: the same for ever, whatever other metrics there are; the next id is free. */
export function ownPanelId(metric: string): number {
  const hash = createHash('sha256').update(metric).digest().readUInt32BE()
  return 10_000 + 2 * (hash % 1_000_000)
}
