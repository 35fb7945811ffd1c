import { atLeast, clock, number, plural, shareText, time } from '../base/index.ts'
import {
  ADEQUACY_HEADS,
  adequacyCells,
  type FailureCluster,
  loadedBy,
  shortCommit,
  textsOf,
  versionsOf,
} from '../record/index.ts'
import { answered, followed } from './causes.ts'
import {
  checksText,
  scaleOf,
  secondsOf,
  standingOf,
  UNFINISHED_TEXT,
  standingText,
  type ReportData,
} from './data.ts'
import { blameOf, oftenOf, otherFailures, thrownAt } from './exceptions.ts'
import { funnelOf } from './funnel.ts'
import { readLimit, type Limit } from './limits.ts'
import { markdownText } from './markdownText.ts'
import { ownRows } from './own.ts'
import type { NamedTable } from './namedTable.ts'
import { protocolTables } from './protocols.ts'
import { regionTables } from './regions.ts'
import { spanTables } from './spans.ts'
import { VITAL_NAMES, vitalRows } from './vitals.ts'

/** Bytes at most: GitHub takes a comment of 64 KiB. */
const MAX_BYTES = 60 * 1024
const MAX_FAILURES = 10
const MAX_ROWS = 100

const SIGNS = { pass: '✅', fail: '❌', inconclusive: '❔', invalid: '⚠️', running: '⏳' } as const
const RATINGS = { good: '✅ good', 'needs improvement': '⚠️ needs improvement', poor: '❌ poor' } as const
const RESULTS = { pass: '✅ held', fail: '❌ crossed', 'no samples': '❔ no samples' } as const

/** A run as Markdown for a pull request or a step summary, at most 60 KiB; names in it are text, whatever they hold. */
export function markdownReport({ record }: ReportData): string {
  const standing = standingOf(record)
  const { suite, script, profile, environment, reasons, explanations = [], notes = [], totals } = record
  const { interrupted = 0 } = totals
  const parts = [
    `## ${SIGNS[standing]} ${standingText(standing).toUpperCase()} · ${[script ?? suite, profile, environment, loadedBy(record)].map((one) => markdownText(one)).join(' · ')}${scaleOf(record)}`,
    standing === 'running' ? UNFINISHED_TEXT : '',
    list(textsOf(reasons)),
    explanations.length > 0 ? `### What explains it\n\n${list(explanations)}` : '',
    notes.length > 0 ? `### Notes\n\n${list(textsOf(notes))}` : '',
    thresholds(record.thresholds.map(readLimit)),
    funnel(record.journeys),
    vitals(record),
    ...[...protocolTables(record), ...spanTables(record), ...regionTables(record)].map(named),
    exceptionTable(record.exceptions),
    failures(otherFailures(record)),
    own(record.metrics),
    adequacy(record.adequacy),
    `${plural(totals.iterations, 'iteration')}${totals.dropped > 0 ? `, ${number(totals.dropped)} dropped` : ''}${interrupted > 0 ? `, ${number(interrupted)} interrupted` : ''} · ${plural(totals.requests, 'request')} · ${checksText(totals)}`,
    origin(record),
  ]
  return cut(`${parts.filter((part) => part !== '').join('\n\n')}\n`)
}

function thresholds(limits: readonly Limit[]): string {
  if (limits.length === 0) return ''
  const worst = limits.toSorted((a, b) => Number(a.result === 'pass') - Number(b.result === 'pass'))
  const isOwned = limits.some(({ owner }) => owner !== undefined)
  return table(
    'Thresholds',
    ['Metric', 'Limit', 'Value', 'Margin', 'Result', ...(isOwned ? ['Owner'] : [])],
    '---:',
    worst.map(({ metric, where, aggregation, limit, value = '–', margin = '', result, owner = '' }) => [
      markdownText(where === '' ? metric : `${metric} (${where})`),
      ...[`${aggregation} ${limit}`, value, margin].map((one) => markdownText(one)),
      RESULTS[result],
      ...(isOwned ? [markdownText(owner)] : []),
    ]),
  )
}

function funnel(journeys: ReportData['record']['journeys']): string {
  const rows = journeys.flatMap((journey) =>
    funnelOf(journey).map(({ name, kind, reached, of, step }) =>
      kind === 'started'
        ? [`**${markdownText(journey.name)}**`, number(reached), name, '', '']
        : [
            ...[markdownText(name), number(reached), of],
            ...(step ? [time(step.p95), shareText(step.failed, step.requests)] : ['', '']),
          ],
    ),
  )
  return rows.length === 0
    ? ''
    : table('Funnel', ['Step', 'Reached', 'Of starts', 'p95', 'Failed requests'], '---:', rows)
}

function failures(all: readonly FailureCluster[]): string {
  if (all.length === 0) return ''
  const rows = all.slice(0, MAX_FAILURES).map((one) => {
    const { journey, step, kind, what, expected, got, status, count, exact } = one
    const place = [journey, step].filter((part) => part !== undefined).join(' › ')
    const came = got ?? (status === undefined ? '' : `status ${status}`)
    return [
      atLeast(count, exact),
      markdownText(place),
      markdownText(kind === 'request' ? `request ${what} failed` : what),
      markdownText(
        [expected === undefined ? '' : `expected ${expected}`, came === '' ? '' : `got ${came}`]
          .filter(Boolean)
          .join(', '),
      ),
      markdownText([...followed(one), answered(one) ?? ''].filter(Boolean).join('; '), 400),
      markdownText(one.rows.slice(0, 3).join(', ')),
    ]
  })
  const more = all.length - MAX_FAILURES
  const rest = more > 0 ? `\n\n${plural(more, 'more cause')} in run.json.` : ''
  return (
    table(
      'Failures by cause',
      ['Count', 'Where', 'What', 'How', 'What followed, what the body said', 'Rows'],
      '---',
      rows,
    ) + rest
  )
}

function exceptionTable(all: ReportData['record']['exceptions'] = []): string {
  const rows = all.map((one) => [
    oftenOf(one),
    markdownText(one.message, 400),
    markdownText(thrownAt(one), 400),
    markdownText(blameOf(one)),
  ])
  return rows.length === 0
    ? ''
    : table('Exceptions', ['Count', 'What was thrown', 'Where', 'Why'], '---', rows)
}

function vitals(record: ReportData['record']): string {
  const rows = vitalRows(record).map(({ page, visits, cells }) => [
    markdownText(page),
    number(visits),
    ...cells.map(({ text, rating }) => (rating === undefined ? '–' : `${text} ${RATINGS[rating]}`)),
  ])
  return rows.length === 0 ? '' : table('Web Vitals, p75', ['Page', 'Visits', ...VITAL_NAMES], '---:', rows)
}

const named = ({ title, headings: [, ...headings], rows }: NamedTable): string =>
  table(
    title,
    ['Name', ...headings],
    '---:',
    rows.map((cells) => cells.map(({ text, isBad }) => (isBad ? `❌ ${text}` : markdownText(text)))),
  )

function own(metrics: ReportData['record']['metrics']): string {
  const rows = ownRows(metrics).map(({ name, isTagged, count, value, p50, p95, p99, max }) => [
    `${isTagged ? '&nbsp;&nbsp;' : ''}${markdownText(name)}`,
    ...[count, value, p50, p95, p99, max].map((one) => markdownText(one)),
  ])
  return rows.length === 0
    ? ''
    : table('Own metrics', ['Metric', 'Count', 'Value', 'p50', 'p95', 'p99', 'Max'], '---:', rows)
}

function adequacy(given: ReportData['record']['adequacy']): string {
  if (given === undefined) return ''
  const [what, ...heads] = ADEQUACY_HEADS
  const rows = adequacyCells(given).map(({ cells }) => cells.map((one) => markdownText(one)))
  return `${table('Adequacy', [what, ...heads], '---:', rows)}\n\n${markdownText(given.sentence, 1000)}`
}

function origin(record: ReportData['record']): string {
  const { metadata, instances, id, cloud } = record
  const k6 = versionsOf(instances)
  const seconds = secondsOf(record)
  const facts = [
    `run ${id}`,
    metadata?.commit === undefined
      ? ''
      : `commit ${shortCommit(metadata.commit)}${metadata.dirty === true ? ' + changes' : ''}`,
    metadata?.branch === undefined ? '' : `branch ${metadata.branch}`,
    metadata?.version === undefined ? '' : `version ${metadata.version}`,
    metadata?.user === undefined ? '' : `by ${metadata.user}`,
    k6 === '' ? '' : `k6 ${k6}`,
    seconds === undefined ? '' : `took ${clock(seconds)}`,
  ]
  const links = [anchor('CI', metadata?.ci), anchor('Grafana Cloud', cloud?.link)]
  return `<sub>${[...facts.filter(Boolean).map((one) => markdownText(one)), ...links.filter(Boolean)].join(' · ')}</sub>`
}

/** A link to the web; empty for anything else. */
function anchor(title: string, href: string | undefined): string {
  return href !== undefined && /^https?:\/\/[\w\-.~:/?#@!$&+,;=%]+$/.test(href) && href.length < 1000
    ? `<a href="${href.replaceAll('&', '&amp;')}">${title}</a>`
    : ''
}

function table(
  title: string,
  headings: readonly string[],
  align: string,
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const more = rows.length - MAX_ROWS
  return [
    ...[
      `### ${title}`,
      '',
      line(headings),
      line(headings.map((_, column) => (column === 0 ? '---' : align))),
    ],
    ...rows.slice(0, MAX_ROWS).map(line),
    ...(more > 0 ? ['', `${plural(more, 'more row')} in run.json.`] : []),
  ].join('\n')
}

const list = (sentences: readonly string[]): string =>
  sentences
    .slice(0, MAX_ROWS)
    .map((sentence) => `- ${markdownText(sentence, 1000)}`)
    .join('\n')

/** Cut at a line's end where it is too long, with a word about it. */
function cut(markdown: string): string {
  const bytes = Buffer.from(markdown)
  if (bytes.length <= MAX_BYTES) return markdown
  const kept = bytes.subarray(0, MAX_BYTES - 100).toString('utf8')
  return `${kept.slice(0, kept.lastIndexOf('\n'))}\n\nToo long to show all of it: see report.html.\n`
}
