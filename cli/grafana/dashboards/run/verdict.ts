import type { DashboardOptions } from '../../about.ts'
import { stat, type Unplaced } from '../../panels.ts'
import { hasRunSeries } from '../runInfo.ts'
import { NO_VERDICT, NOTHING_FOUND, VERDICT_MAPPINGS } from '../verdicts.ts'
import { instant, labelled, ofRun, promQuery } from './common.ts'

/** The verdict of the chosen run, the worst where two runs have one name; nothing before it is written. */
export const worstVerdict = (): string =>
  VERDICT_MAPPINGS.names
    .toReversed()
    .map((verdict) => ofRun('loadwright_run_verdict', ['verdict'], { verdict }))
    .join(' or on () ')

/** That loadwright wrote what the run is, whether or not it has ended. */
export const known = (): string => ofRun('loadwright_run_info', [])

/** That there are k6's VUs of the run, whoever wrote them. */
export const vus = (window: string): string => `sum(last_over_time(k6_vus{testid=~"$testid"}[${window}]))`

/** The verdict, or in words why there is none: a run of plain k6 is neither green nor red. */
export function verdict({ dialect }: DashboardOptions): Unplaced[] {
  if (!hasRunSeries(dialect)) return []
  const states = [
    `(${worstVerdict()})`,
    labelled(`(${known()} and on () ${vus('1m')})`, 'verdict', NO_VERDICT.running),
    labelled(known(), 'verdict', NO_VERDICT.unwritten),
    labelled(vus('$__range'), 'verdict', NO_VERDICT.plain),
  ]
  return stat(
    dialect,
    {
      id: 101,
      title: 'Verdict',
      unit: 'none',
      w: 4,
      h: 4,
      description:
        'loadwright’s verdict: “running” during the run; “no verdict written” where it was killed, or its last push waits; plain k6 has none.',
      defaults: { noValue: NOTHING_FOUND, mappings: VERDICT_MAPPINGS.tile },
      more: {
        options: {
          reduceOptions: { calcs: ['lastNotNull'], fields: '/^verdict$/', values: false },
          colorMode: 'background',
          graphMode: 'none',
          justifyMode: 'auto',
          textMode: 'value',
          orientation: 'auto',
        },
      },
    },
    promQuery(dialect, states.join(' or on () '), instant),
  )
}
