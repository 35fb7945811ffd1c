import type { ReportData } from '../data.ts'
import { h, type Branch } from '../tree.ts'
import { adequacySection } from './adequacy.ts'
import { aboutSection } from './about.ts'
import { chartsSection, heatmapsSection } from './charts.ts'
import { exceptionsSection, failuresSection } from './failures.ts'
import { funnelSection, stepsSection } from './journeys.ts'
import { checksSection, thresholdsSection } from './judged.ts'
import { ownSection } from './own.ts'
import { protocolsSection } from './protocols.ts'
import { vitalsSection } from './vitals.ts'
import { explanationSection, keyFigures, verdictSection } from './verdict.ts'

/** Contents of the page, in order: what must be seen first comes first. */
const CONTENTS = [
  ['exceptions', 'Exceptions', exceptionsSection],
  ['failures', 'Failures', failuresSection],
  ['funnel', 'Funnel', funnelSection],
  ['vitals', 'Web Vitals', vitalsSection],
  ['protocols', 'Beyond plain HTTP', protocolsSection],
  ['thresholds', 'Thresholds', thresholdsSection],
  ['charts', 'Over time', chartsSection],
  ['heatmaps', 'Heatmaps', heatmapsSection],
  ['steps', 'Steps', stepsSection],
  ['checks', 'Checks', checksSection],
  ['own', 'Own metrics', ownSection],
  ['adequacy', 'Adequacy', adequacySection],
  ['about', 'About', aboutSection],
] as const

/** The parts of a page in order, each with an id of its own. */
export function reportParts(data: ReportData): Branch[] {
  const parts = CONTENTS.flatMap(([id, title, make]) => {
    const tree = make(data)
    return tree === undefined ? [] : [{ id, title, tree }]
  })
  const contents = h(
    'nav',
    { id: 'contents', 'aria-label': 'Contents' },
    parts.map(({ id, title }) => [h('a', { href: `#${id}` }, title), ' ']),
  )
  return [
    verdictSection(data),
    explanationSection(data),
    keyFigures(data),
    contents,
    ...parts.map(({ tree }) => tree),
  ].filter((part) => part !== undefined)
}
