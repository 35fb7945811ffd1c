import { Option, type Command } from 'commander'
import { formatDuration } from '../../config/duration.ts'
import { alignTable, EXIT, plural, printable } from '../base/index.ts'
import { NAMINGS, type Dialect } from '../grafana/index.ts'
import type { AnnotationOutcome } from '../record/index.ts'
import { annotate, grafanaOf, markersOf, type Marker } from '../telemetry/index.ts'
import { openRun } from '../verdict/index.ts'
import { abortable } from './abort.ts'
import { out } from './output.ts'

interface Flags {
  results: string
  url?: string
  baseline?: true
  naming: Dialect['name']
  dryRun?: true
  json?: true
}

/** `loadwright annotate`: writes the markers of a run into Grafana, from its record. */
export function addAnnotate(program: Command): void {
  program
    .command('annotate')
    .description('Write the markers of a run into Grafana: start, phases, end, verdict')
    .argument('[run]', 'latest, a run’s id or the beginning of one, its folder or its run.json', 'latest')
    .option('--url <URL>', 'the Grafana, else GRAFANA_URL')
    .option('--baseline', 'mark the run as a baseline too; a mark is taken from no other run')
    .addOption(
      new Option('--naming <naming>', 'which dashboards links lead to').choices(NAMINGS).default('native'),
    )
    .option('--results <folder>', 'where run folders lie', 'results')
    .option('--dry-run', 'print what would be written; write nothing')
    .option('--json', 'as JSON, described in docs/annotations.md')
    .addHelpText(
      'after',
      `
The token of a service account that may write annotations (role Editor) comes from GRAFANA_TOKEN or
GRAFANA_SERVICE_ACCOUNT_TOKEN, another organisation from GRAFANA_ORG_ID.
What is there already stays, what differs is changed: it can be repeated.

Examples:
  loadwright annotate --dry-run
  loadwright annotate --url https://grafana.example.com
  loadwright annotate boutique-20261122 --baseline

Exit codes: 0 all is there · 96 something is missing · 104 refused · 105 interrupted`,
    )
    .action(async (run: string, flags: Flags) => {
      process.exitCode = await annotateRun(run, flags)
    })
}

async function annotateRun(
  run: string,
  { results, url, baseline, naming, dryRun, json }: Flags,
): Promise<number> {
  const known = url !== undefined || (process.env.GRAFANA_URL ?? '').trim() !== ''
  // What would be written can be seen without a Grafana: its links are then without a host.
  const grafana =
    dryRun && !known ? undefined : grafanaOf({ url: url ?? true, env: process.env, where: '--url' })
  const { record } = await openRun(results, run)
  const making = { baseline: baseline === true, naming }
  const show = (value: unknown, text: string): void => out(json ? JSON.stringify(value, undefined, 2) : text)
  if (dryRun || !grafana) {
    const markers = markersOf(record, grafana ?? { url: '' }, making)
    show({ run: record.id, url: grafana?.url, markers }, markersText(markers))
    return EXIT.pass
  }
  const outcome = await abortable(async (signal) => {
    const done = await annotate(grafana, record, { ...making, patience: { signal } })
    signal.throwIfAborted()
    return done
  })
  show({ run: record.id, ...outcome }, outcomeText(record.id, outcome))
  return outcome.problems.length > 0 ? EXIT.invalid : EXIT.pass
}

function outcomeText(run: string, { url, written, problems }: AnnotationOutcome): string {
  const count = `${plural(written, 'marker')} of ${printable(run)}`
  return [`${count} in ${url}`, ...problems].join('\n')
}

function markersText(markers: readonly Marker[]): string {
  return alignTable(
    markers.map(({ kind, time, timeEnd, text }) => [
      kind,
      new Date(time).toISOString(),
      timeEnd > time ? formatDuration(timeEnd - time) : '',
      printable(text),
    ]),
  ).join('\n')
}
