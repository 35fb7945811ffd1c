import type { HISTORY_SERIES } from '../../../record/index.ts'
import { byName } from '../../overrides.ts'
import { tablePanel, type Unplaced } from '../../panels.ts'
import type { Dialect } from '../../question.ts'
import { runLinks } from '../links.ts'
import { braces } from '../../dialects/asked.ts'
import { columnsOf, organized, sortRows, type Column } from '../transform.ts'
import { atLeast, COMMIT_WIDTH, RUN_WIDTH, widths } from '../widths.ts'

type Name = keyof typeof HISTORY_SERIES

const CHOSEN_RUNS = { suite: '$suite', environment: '$environment', profile: '$profile' }
const LAST = (name: Name, where: Readonly<Record<string, string>> = {}): string =>
  `last_over_time(${name}${braces(where)}[$__range])`

const HOW = '`loadwright history --remote-write URL`, such as every night, writes what is shown here.'

/** What a history found, as it was last written: changes, and who answered for what. */
export const foundByHistory = (dialect: Dialect): Unplaced[] => [...changes(dialect), ...owners(dialect)]

/** What tells of a change, in the order of its columns. */
const CHANGE_LABELS = ['date', 'verdict', 'text', 'git_commit', 'version', 'testid']

/** Of each trend only what the newest history found: an older one may have found it elsewhere. */
const CHANGES = `max by (${CHANGE_LABELS.join(', ')}) (${LAST('loadwright_history_change_time_seconds', CHOSEN_RUNS)} == on (suite, profile, environment) group_left () max by (suite, profile, environment) (${LAST('loadwright_history_time_seconds', CHOSEN_RUNS)}))`

function changes(dialect: Dialect): Unplaced[] {
  const { asking, transformations } = columnsOf(dialect, [{ name: 'made', asking: { expr: CHANGES } }])
  return tablePanel(
    dialect,
    {
      id: 2701,
      title: 'Changes',
      unit: 'none',
      description: `What changed over many runs, and the first run of the new level, the newest change first. ${HOW}`,
      overrides: [
        byName('run', {
          links: runLinks(dialect, '${__data.fields.run}', { from: '${__from}', to: '${__to}' }),
        }),
        ...atLeast({ what: 420 }),
        ...widths({ date: 95, verdict: 80, commit: COMMIT_WIDTH, version: 80, run: RUN_WIDTH }),
      ],
      more: {
        transformations: [
          ...transformations,
          organized({
            without: ['made'],
            order: CHANGE_LABELS,
            rename: { text: 'what', git_commit: 'commit', testid: 'run' },
          }),
          sortRows('date', true),
        ],
      },
    },
    asking,
  )
}

const of = (name: string, series: Name, where: Readonly<Record<string, string>> = {}): Column => ({
  name,
  asking: { expr: `max by (owner) (${LAST(series, where)})` },
})

const COLUMNS: readonly Column[] = [
  of('runs', 'loadwright_history_owner_runs'),
  of('violated', 'loadwright_history_owner_violations'),
  of('overrides', 'loadwright_history_owner_overrides'),
  of('waived', 'loadwright_history_owner_waived'),
  of('waivers in force', 'loadwright_history_owner_waivers', { state: 'in force' }),
  of('expired', 'loadwright_history_owner_waivers', { state: 'expired' }),
  of('right again after', 'loadwright_history_owner_recovery_seconds'),
]

function owners(dialect: Dialect): Unplaced[] {
  const { names, asking, transformations } = columnsOf(dialect, COLUMNS)
  return tablePanel(
    dialect,
    {
      id: 2702,
      title: 'Who answers',
      unit: 'none',
      description: `Of each owner: runs in which something of theirs was judged, those that violated it, what was let through, and how long it took in the middle until it was right again. ${HOW}`,
      overrides: [
        byName('right again after', { unit: 's' }),
        ...atLeast({ owner: 160 }),
        ...widths({
          runs: 70,
          violated: 85,
          overrides: 95,
          waived: 80,
          'waivers in force': 140,
          expired: 80,
          'right again after': 150,
        }),
      ],
      more: {
        transformations: [
          ...transformations,
          organized({ order: ['owner', ...names] }),
          sortRows('violated', true),
        ],
      },
    },
    asking,
  )
}
