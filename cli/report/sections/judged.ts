import { number, share } from '../../base/index.ts'
import type { ReportData } from '../data.ts'
import { readLimit, type Limit } from '../limits.ts'
import { h, type Branch } from '../tree.ts'
import { bar, nothing, section, tableElement } from './parts.ts'

const ORDER = { fail: 0, 'no samples': 1, pass: 2 } as const
const WORDS = { fail: '✗ crossed', 'no samples': '? no samples', pass: '✓ held' } as const
/** Where the limit stands on a bar: what is over it has a third of the bar. */
const LIMIT_AT = 2 / 3

/** Every threshold with its margin: crossed ones first, then those with the least to spare. */
export function thresholdsSection({ record, live }: ReportData): Branch {
  const limits = record.thresholds.map(readLimit)
  const sorted = limits.toSorted((a, b) => ORDER[a.result] - ORDER[b.result] || (b.used ?? 0) - (a.used ?? 0))
  return section(
    'thresholds',
    live ? 'Thresholds so far' : 'Thresholds',
    sorted.length === 0
      ? nothing('The record has no thresholds.')
      : tableElement(
          ['Metric', '#Limit', '#Value', 'Of what is allowed', '#Margin', 'Result'],
          sorted.map(row),
          'Thresholds',
        ),
  )
}

function row(limit: Limit) {
  const { metric, where, aggregation, result, used } = limit
  return {
    class: result === 'pass' ? '' : result === 'fail' ? 'crossed' : 'unmeasured',
    cells: [
      [
        h('span', { class: 'metric' }, metric),
        where !== '' && h('small', {}, where),
        limit.owner !== undefined && h('small', {}, `owner: ${limit.owner}`),
      ],
      `${aggregation} ${limit.limit}`,
      limit.value ?? '–',
      used === undefined
        ? ''
        : [
            bar(used * LIMIT_AT, result === 'fail' ? 'over' : 'under', LIMIT_AT),
            h('span', { class: 'hidden' }, `${share(used)} of what is allowed`),
          ],
      limit.margin ?? '',
      h('span', { class: `result ${result === 'pass' ? 'good' : 'bad'}` }, WORDS[result]),
    ],
  }
}

/** Every check, those that failed first. */
export function checksSection({ record }: ReportData): Branch {
  const sorted = record.checks.toSorted((a, b) => Number(b.fails > 0) - Number(a.fails > 0))
  return section(
    'checks',
    'Checks',
    sorted.length === 0
      ? nothing('The record has no checks.')
      : tableElement(
          ['Check', 'Step', '#Held', '#Failed', '#Share held'],
          sorted.map(({ name, group, passes, fails }) => [
            name,
            group,
            number(passes),
            fails > 0 ? h('span', { class: 'bad' }, number(fails)) : '0',
            passes + fails > 0 ? share(passes / (passes + fails)) : '–',
          ]),
          'Checks',
        ),
  )
}
