import type { DashboardOptions } from '../../about.ts'
import { byName, byPattern } from '../../overrides.ts'
import { tablePanel, type Unplaced } from '../../panels.ts'
import { hasRunSeries } from '../runInfo.ts'
import { organized, sortRows } from '../transform.ts'
import { atLeast } from '../widths.ts'
import { instant, labelled, ofRun, promQuery } from './common.ts'
import { known, vus, worstVerdict } from './verdict.ts'

/** Why the run came to its verdict, in words. */
export function reasons({ dialect }: DashboardOptions): Unplaced[] {
  if (!hasRunSeries(dialect)) return []
  const rows = [
    ofRun('loadwright_run_reason', ['index', 'code', 'text']),
    labelled(`(${worstVerdict()})`, 'text', 'No rule of the verdict found anything.'),
    labelled(known(), 'text', 'The verdict is not written yet.'),
    labelled(vus('$__range'), 'text', 'Plain k6 gives no verdict.'),
  ]
  return tablePanel(
    dialect,
    {
      id: 112,
      title: 'Why',
      unit: 'none',
      w: 20,
      h: 4,
      description:
        'The reasons of the verdict, the most important first; docs/reasons.md explains each by its code. Plain k6 gives none.',
      overrides: [byName('code', { 'custom.width': 220 })],
      more: {
        transformations: [
          sortRows('index'),
          organized({
            without: ['Time', 'Value', 'index', 'verdict'],
            order: ['text', 'code'],
            rename: { text: 'reason' },
          }),
        ],
      },
    },
    promQuery(dialect, rows.join(' or on () '), instant),
  )
}

const THRESHOLD = ['metric', 'tags', 'threshold'] as const
const COLUMNS = ['result', 'metric', 'tags', 'limit', 'value', 'margin'] as const

/** What a crossed threshold, and one without samples, is put above: shares of what is allowed are smaller. */
const ABOVE = { fail: 2_000_000, 'no samples': 1_000_000, pass: 0 } as const

const RESULTS = {
  fail: { text: 'crossed', color: 'red', index: 0 },
  'no samples': { text: 'no samples', color: 'purple', index: 1 },
  pass: { text: 'held', color: 'green', index: 2 },
} as const

/** The run's own thresholds, the worst first: how far each is from its limit. */
export function thresholds({ dialect }: DashboardOptions): Unplaced[] {
  if (!hasRunSeries(dialect)) return []
  const labels = ['threshold', ...COLUMNS]
  const used = ofRun('loadwright_run_threshold_used_ratio', THRESHOLD)
  const base = Object.entries(ABOVE)
    .map(([result, above]) => `${ofRun('loadwright_run_threshold_info', labels, { result })} * ${above}`)
    .join(' or ')
  const unused = `0 * ${ofRun('loadwright_run_threshold_info', THRESHOLD)}`
  const ordered = `(${base}) + on (${THRESHOLD.join(', ')}) group_left () (${used} or ${unused})`
  return tablePanel(
    dialect,
    {
      id: 113,
      title: 'Thresholds',
      unit: 'none',
      w: 15,
      h: 8,
      description:
        'Every threshold of this run: its limit, what was measured, how far apart they are. Crossed ones first, then those without samples, then those with the least to spare. Written when the run ends.',
      overrides: [
        byName('result', {
          mappings: [{ type: 'value', options: RESULTS }],
          'custom.cellOptions': { type: 'color-background', mode: 'basic' },
          'custom.width': 100,
        }),
        byPattern('/^(limit|value|margin)$/', { 'custom.width': 100 }),
        ...atLeast({ metric: 130, tags: 130 }),
      ],
      more: {
        transformations: [organized({ without: ['Time', 'Value', 'threshold'], order: COLUMNS })],
      },
    },
    promQuery(dialect, orNone(ordered, 'metric', 'no threshold was judged'), instant),
  )
}

/** Checks that failed, by name. */
export function failingChecks({ dialect }: DashboardOptions): Unplaced[] {
  if (!hasRunSeries(dialect)) return []
  const failed = ofRun('loadwright_run_check_failures', ['check', 'group'])
  return tablePanel(
    dialect,
    {
      id: 114,
      title: 'Failing checks',
      unit: 'locale',
      w: 9,
      h: 8,
      description:
        'Checks that failed in this run, by name and step, the most frequent first. Written when the run ends.',
      overrides: [byName('failed', { 'custom.width': 90 })],
      more: {
        transformations: [
          organized({
            without: ['Time'],
            order: ['check', 'group', 'Value'],
            rename: { group: 'step', Value: 'failed' },
          }),
        ],
      },
    },
    promQuery(dialect, orNone(failed, 'check', 'no failing check was recorded'), instant),
  )
}

/** Rows, the highest first; of a run that has its verdict and none of them, a row that says so. */
const orNone = (rows: string, label: string, words: string): string =>
  `sort_desc((${rows}) or on () ${labelled(`0 * ${ofRun('loadwright_run_verdict', [])}`, label, words)})`
