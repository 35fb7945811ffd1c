import type { DashboardOptions } from '../../about.ts'
import { byName, fixed } from '../../overrides.ts'
import { stat, type PanelSpec, type Unplaced } from '../../panels.ts'
import type { Question } from '../../question.ts'
import { hasRunSeries } from '../runInfo.ts'
import { labelled, ofRun } from './common.ts'
import { withSlos, type Judging } from './slo.ts'

/** The names of a tile's value, by which it is coloured. */
const CROSSED = 'crossed'
const HELD = 'held'

/**
 * A number of the run, green or red only by thresholds: by those that the run itself had on the metric, any of which red
 * is; without one it has the colour of text. Where loadwright writes none, those of the suite on the whole metric colour it.
 */
export function tile(
  { dialect, slos }: DashboardOptions,
  spec: PanelSpec,
  { question, judging }: { readonly question: Question; readonly judging: Judging },
): Unplaced[] {
  const sized = { w: 4, h: 3, ...spec }
  if (!hasRunSeries(dialect))
    return stat(dialect, { ...sized, ...withSlos(slos, judging, spec.description) }, [question])
  const value = dialect.ask(question)
  if (value === undefined) return []
  const description = `${spec.description} Red: the run crossed a threshold on ${judging.metric}; green: all held; else none judged it.`
  return stat(
    dialect,
    {
      ...sized,
      description,
      overrides: [byName(CROSSED, fixed('red')), byName(HELD, fixed('green'))],
    },
    [
      {
        expr: judged(value, judging.metric),
        legendFormat: '{{judged}}',
        range: false,
        instant: true,
        format: 'time_series',
      },
    ],
  )
}

/** A value with a label that says what became of the run's thresholds on a metric; none where some had no samples. */
function judged(value: string, metric: string): string {
  const held = ofRun('loadwright_run_threshold_held', [], { metric }).replace(/^max/, 'min')
  const unmeasured = ofRun('loadwright_run_threshold_info', [], { metric, result: 'no samples' })
  const red = `(${value}) and on () (${held} == 0)`
  const green = `(${value}) and on () (${held} == 1 unless on () ${unmeasured})`
  return `${labelled(red, 'judged', CROSSED)} or on () ${labelled(green, 'judged', HELD)} or on () (${value})`
}
