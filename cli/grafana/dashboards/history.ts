import { RUN_FIGURES } from '../../record/index.ts'
import { CHOSEN, hasRunSeries, runSeries } from './runInfo.ts'
import { runVariable } from './runsFound.ts'
import type { DashboardOptions } from '../about.ts'
import type { Dashboard, DashboardVariable } from '../schema.ts'
import { frame } from './frame.ts'
import { byRelease } from './history/byRelease.ts'
import { ownRuns } from './history/own.ts'
import { foundByHistory } from './history/found.ts'
import { amounts } from './history/amounts.ts'
import { historyFailures, historyTimes } from './history/points.ts'
import { runsTable } from './history/runs.ts'
import { verdicts } from './history/verdict.ts'
import { textPanel } from '../panels.ts'
import { SHOWN, valuesVariable } from './variables.ts'
import type { Dialect } from '../question.ts'

/** All runs: a point each, by commit and version. */
export function historyDashboard(making: DashboardOptions): Dashboard {
  const { dialect } = making
  const known = hasRunSeries(dialect)
  return frame(dialect, {
    name: 'history',
    title: 'History',
    description: known
      ? 'A point for each run: times, failures, verdict, by commit and version; links lead to the run, and to its comparison.'
      : 'A row and a bar for each run, from k6’s own series; links lead to the run, and to its comparison.',
    from: 'now-30d',
    variables: known
      ? variables(dialect)
      : dialect.language === 'influxql'
        ? [valuesVariable(dialect, 'testid', { title: 'Runs', all: true })]
        : [],
    rows: [
      ...(known
        ? [
            { id: 2001, title: 'Runs', panels: [...verdicts(dialect), ...runsTable(dialect)] },
            {
              id: 2700,
              title: 'What changed, and who answers',
              collapsed: true,
              panels: foundByHistory(dialect),
            },
            { id: 2100, title: 'Times', panels: historyTimes(making) },
            { id: 2200, title: 'Failures', panels: historyFailures(making) },
            { id: 2300, title: 'Load', panels: amounts(dialect) },
            { id: 2400, title: 'By version and commit', panels: byRelease(dialect) },
          ]
        : [{ id: 2500, title: 'What is not here', panels: textPanel(2501, 'What is not here', WHY) }]),
      {
        id: 2600,
        title: 'Every run, from k6’s own series',
        collapsed: known,
        panels: ownRuns(dialect),
      },
    ],
  })
}

const WHY =
  'Verdicts, versions, commits and a point per run over time are made of what loadwright writes beside what it ' +
  'forwards by `--remote-write`. k6’s own output has none of it: a run is a row below, by its `testid`.'

/** Which runs: by what loadwright wrote of them. */
function variables(dialect: Dialect): DashboardVariable[] {
  const of = (name: string, label: string, title: string): DashboardVariable =>
    valuesVariable(dialect, label, {
      name,
      title,
      all: true,
      query: `label_values(loadwright_run_info, ${label})`,
    })
  return [
    of('suite', 'suite', 'Suite'),
    of('environment', 'environment', 'Environment'),
    of('profile', 'profile', 'Profile'),
    { ...of('branch', 'git_branch', 'Branch'), hide: SHOWN.inMenu },
    {
      ...valuesVariable(dialect, 'journey', {
        title: 'Journey',
        all: true,
        query: `label_values(${RUN_FIGURES.requestTime}{journey!=""}, journey)`,
      }),
      // A figure without a journey is of all of them.
      allValue: '.+',
    },
    runVariable(dialect, { name: 'base', title: 'Base of comparisons', found: oneBeforeTheNewest() }),
  ]
}

/** Runs by when they ended, but for the newest, which is compared with the one before it: it stands last. */
function oneBeforeTheNewest(): string {
  const ended = 'max by (testid) (last_over_time(loadwright_run_end_time_seconds[$__range]))'
  const runs = `(${ended} and on (testid) last_over_time(${runSeries('loadwright_run_info', CHOSEN)}[$__range]))`
  return `(${runs} unless topk(1, ${runs})) or ${runs} - 1e10`
}
