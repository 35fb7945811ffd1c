import type { Setting } from '../../config/settings/setting.ts'
import { SETTINGS, type SettingName } from '../../config/settings/settings.ts'
import { K6_METRICS } from '../../config/thresholds/metricKinds.ts'
import { SETTING_WORDS } from '../../config/words.ts'
import { CATALOG, TAGS, type MetricEntry } from '../../lib/catalog.ts'
import { HISTORY_SERIES, RUN_SERIES, type HistoryGauge, type RunSeries } from '../../cli/record/index.ts'
import { flagOf } from '../../cli/project/variables.ts'

const NOTICE = '<!-- Generated from the tables in the sources: `npm run docs` writes it anew. -->'

/** The settings as a Markdown table. */
export function settingsTable(): string {
  const rows = (Object.entries(SETTINGS) as [SettingName, Setting][]).map(([name, setting]) => {
    const { meaning, otherwise, example } = SETTING_WORDS[name]
    const usual = setting.default === undefined ? (otherwise ?? '–') : `\`${setting.default}\``
    return [`\`${name}\``, meaning, usual, `\`${example}\``]
  })
  return table(['setting', 'meaning', 'default', 'example'], rows)
}

/** The page of all settings. */
export function settingsPage(): string {
  return `# Settings

${NOTICE}

Each setting is a variable of the script (\`k6 run -e NAME=value\`, or the shell's environment under \`k6 run\`), a flag
of the command line (\`BASE_URL\` is \`--base-url\`, \`CHECK_ROWS\` is \`--check-rows\`), and a \`--set NAME=value\`. Flags win
over the shell. Every problem is reported at once, before anything is sent.

${settingsTable()}

Flags: ${Object.keys(SETTINGS)
    .filter((name) => name !== 'SUMMARY' && name !== 'SPANS')
    .map((name) => `\`--${flagOf(name)}\``)
    .join(' ')}
`
}

/** The page of all metrics that the library itself emits. */
export function metricsPage(): string {
  const rows = Object.entries<MetricEntry>(CATALOG).map(([name, { kind, meaning, unit, by = [] }]) => [
    `\`${name}\``,
    kind,
    unit ?? '',
    meaning,
    by.map((tag) => `\`${tag}\``).join(' '),
  ])
  return `# Metrics

${NOTICE}

Beside k6's own metrics (${Object.keys(K6_METRICS)
    .map((name) => `\`${name}\``)
    .join(', ')}), a suite emits these. All samples
inside a journey carry the tags ${TAGS.map((tag) => `\`${tag}\``).join(', ')}, where they apply, and k6's \`scenario\` and \`group\`.

${table(['metric', 'kind', 'unit', 'meaning', 'own tags'], rows)}

A Rate cannot be added up across series or over time: k6 pushes it as a share without its denominator. So every Rate
has two Counters beside it. For \`journey_failed\` they are \`journeys_failed\` and \`journeys_completed\`; for k6's \`checks\`,
\`checks_succeeded\` and \`checks_failed\`; for \`graphql_operation_failed\`, \`graphql_operations_failed\` and
\`graphql_operations\`, which counts all; for \`grpc_call_failed\`, \`grpc_calls_failed\` and \`grpc_calls\`; for a Rate
\`x\` of your own, \`x_nonzero\` and \`x_zero\`.

${runSeriesPart()}
`
}

/** The series of a run itself, as a part of the page. */
function runSeriesPart(): string {
  const when = { during: 'from the first push on', end: 'once, at the end' }
  const rows = Object.entries<RunSeries>(RUN_SERIES).map(([name, one]) => [
    `\`${name}\``,
    one.meaning,
    one.labels.map((label) => `\`${label}\``).join(' '),
    when[one.when],
  ])
  return `## Series of the run itself

Where series are forwarded ([Forwarding](forwarding.md)), loadwright writes these of each run. All are gauges and have the
label \`testid\`. A figure without \`journey\` is of all journeys; durations and ratios are those of the judged phases.
\`test_name\` is the suite and the profile, \`region\` the value of \`REGION\`, else \`CLOUD_REGION\` or \`AWS_REGION\`,
\`version\` the value of \`DEPLOYMENT_VERSION\`, \`git_commit\` 12 letters long, \`date\` the day on which it began (UTC).

${table(['series', 'meaning', 'labels', 'written'], rows)}

All series that are written at the end, and \`loadwright_run_info\`, have the same timestamp, so you can join them:
\`loadwright_run_verdict * on (testid) group_left (git_commit) loadwright_run_info\`.

${historySeriesPart()}`
}

/** The series of a history, as a part of the page. */
function historySeriesPart(): string {
  const rows = Object.entries<HistoryGauge>(HISTORY_SERIES).map(([name, { meaning, labels }]) => [
    `\`${name}\``,
    meaning,
    labels.map((label) => `\`${label}\``).join(' '),
  ])
  return `## Series of a history

\`loadwright history --remote-write URL\` ([History](history.md)) writes these, all at the time at which it is made. All are
gauges.

${table(['series', 'meaning', 'labels'], rows)}`
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heading, heading.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
