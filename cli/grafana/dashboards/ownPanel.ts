import { createHash } from 'node:crypto'
import { truncate } from '../../base/index.ts'
import type { MetricDeclaration } from '../metrics.ts'

/** The id of the panel of an author's own metric: the same for ever, whatever other metrics there are; the next id is free. */
export function ownPanelId(metric: string): number {
  const hash = createHash('sha256').update(metric).digest().readUInt32BE()
  return 10_000 + 2 * (hash % 1_000_000)
}

/** Characters of a title that Grafana shows in full above a half of a dashboard. */
const MAX_TITLE_CHARACTERS = 60

/** What the panel of an author's own metric is called: its meaning, with room for as many characters behind it. */
export const ownTitle = ({ meaning }: Pick<MetricDeclaration, 'meaning'>, room = 0): string =>
  truncate(meaning, MAX_TITLE_CHARACTERS - room)
