import { K6_METRICS, SETTING_WORDS, SETTINGS, type Setting, type SettingName } from '../../config/index.ts'
import { CATALOG, TAGS, type MetricEntry } from '../../lib/catalog.ts'
import { flagOf } from '../run/variables.ts'

const NOTICE = '<!-- Generated from the tables in the sources: `npm run docs` writes it anew. -->'

/** The settings as a Markdown table. */
export function settingsTable(): string {
  const rows = (Object.entries(SETTINGS) as [SettingName, Setting][]).map(([name, setting]) => {
    const { meaning, otherwise, example } = SETTING_WORDS[name]
    const usual = setting.default === undefined ? (otherwise ?? '–') : `\`${setting.default}\``
    return [`\`${name}\``, meaning, usual, `\`${example}\``]
  })
  return table(['setting', 'meaning', 'where nothing is set', 'example'], rows)
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
\`checks_succeeded\` and \`checks_failed\`; for a Rate \`x\` of your own, \`x_nonzero\` and \`x_zero\`.
`
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heading, heading.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
