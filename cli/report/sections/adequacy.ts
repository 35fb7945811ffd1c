import { ADEQUACY_HEADS, adequacyCells } from '../../record/index.ts'
import type { ReportData } from '../data.ts'
import { h, type Branch } from '../tree.ts'
import { section, tableElement } from './parts.ts'

/** The test beside production, where an import has told what that is. */
export function adequacySection({ record: { adequacy } }: ReportData): Branch | undefined {
  if (adequacy === undefined) return undefined
  const [what, production, test, result] = ADEQUACY_HEADS
  return section(
    'adequacy',
    'Adequacy',
    h('p', {}, adequacy.sentence),
    tableElement(
      [what, `#${production}`, `#${test}`, result],
      adequacyCells(adequacy).map(({ cells: [name = '', ...others], differs }) => ({
        class: differs ? 'crossed' : '',
        cells: [h('span', { class: 'metric' }, name), ...others],
      })),
      'Adequacy',
    ),
  )
}
