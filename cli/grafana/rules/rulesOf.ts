import { REQUESTS } from '../../record/index.ts'
import type { About } from '../about.ts'
import { classic } from '../dialects/classic.ts'
import { native } from '../dialects/native.ts'
import type { Dialect } from '../question.ts'
import { canaryRules, canaryRecording, CANARY_INTERVAL } from './canary.ts'
import { namingOf, type Group, type Rules } from './model.ts'
import { monitorAlerts } from './monitors.ts'
import { counterRecordings, trendRecordings } from './recordings.ts'
import { dropped, lost, watchdog } from './runs.ts'
import { RUN_INTERVAL, sloName, rateSlos, trendSlos, type Judged } from './slos.ts'

/** Every rule, in the files that Prometheus and Mimir load; Grafana's own rules are written from the same. */
export function rulesOf(about: About): Rules[] {
  const rates = rateSlos(about)
  const others = about.slos.filter(({ kind }) => kind === 'counter' || kind === 'gauge')
  return [
    {
      name: 'runs',
      comment: [
        'What holds whatever form histograms have: counters, ratios, and whether a run is still there.',
        ...leftOut(rates),
        ...others.map((slo) => `Judged by k6 at the end alone: ${sloName(slo)}`),
      ].join('\n'),
      groups: [
        { name: 'loadwright counters', rules: counterRecordings(about) },
        ...slos('loadwright rates', rates),
        { name: 'loadwright runs', interval: RUN_INTERVAL, rules: [lost(), dropped(about)] },
        { name: 'loadwright watchdog', rules: [watchdog()] },
      ],
    },
    ...[native(about.metrics), classic(about.metrics)].map((dialect) => trends(dialect, about)),
    {
      name: 'monitors',
      comment: 'Checks of Synthetic Monitoring. Load this where their series are.',
      groups: [{ name: 'loadwright monitors', rules: monitorAlerts(about) }],
    },
  ]
}

const FORMS = {
  native: `Times, where native histograms are: \`k6_${REQUESTS.trend}_seconds\` and its like.`,
  classic: `Times, where servers have no native histograms: \`_bucket\`, \`_sum\`, \`_count\`.
Their bounds are powers of two. A limit between two of them is taken up to the next, so that what fires is surely beyond.`,
}

function trends(dialect: Dialect, about: About): Rules {
  const name = namingOf(dialect)
  const judged = trendSlos(dialect, about)
  const p95 = canaryRecording(dialect)
  return {
    name,
    comment: [FORMS[name], ...leftOut(judged)].join('\n'),
    groups: [
      { name: `loadwright trends (${name})`, rules: trendRecordings(dialect, about) },
      ...slos(`loadwright times (${name})`, judged),
      {
        name: `loadwright canary (${name})`,
        interval: CANARY_INTERVAL,
        rules: [p95, canaryRules(dialect, p95)],
      },
    ],
  }
}

/** A recording and its alert, one after the other: none where no threshold can be judged so. */
function slos(name: string, judged: readonly Judged[]): Group[] {
  const rules = judged.flatMap((one) => ('alert' in one ? [one.recording, one.alert] : []))
  return rules.length === 0 ? [] : [{ name, interval: RUN_INTERVAL, rules }]
}

const leftOut = (judged: readonly Judged[]): string[] =>
  judged.flatMap((one) => ('why' in one ? [`Judged by k6 alone: ${sloName(one.slo)} (${one.why})`] : []))
