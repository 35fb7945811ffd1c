import { clock, number, shareText, time } from '../../base/index.ts'
import {
  scaleOf,
  secondsOf,
  standingOf,
  UNFINISHED_TEXT,
  standingText,
  type LiveStatus,
  type ReportData,
} from '../data.ts'
import { loadedBy, textsOf } from '../../record/index.ts'
import { h, type Branch, type Tree } from '../tree.ts'
import { capitalized } from './parts.ts'

const MARK = { pass: '✓', fail: '✗', inconclusive: '?', invalid: '!', running: '…' } as const

/** What the run came to and why: what a reader sees first. */
export function verdictSection({ record, live }: ReportData): Branch {
  const { suite, profile, environment, reasons, startedAt, script } = record
  const standing = standingOf(record)
  const seconds = secondsOf(record)
  const began = Number.isFinite(Date.parse(startedAt)) ? startedAt : undefined
  return h(
    'header',
    { id: 'verdict', class: `verdict ${standing}` },
    h(
      'p',
      { class: 'badge' },
      h('span', { class: 'mark', 'aria-hidden': 'true' }, MARK[standing]),
      ` ${standingText(standing, live)}`,
    ),
    h(
      'h1',
      {},
      script ?? suite,
      h('span', { class: 'quiet' }, ` · ${profile} · ${environment}${scaleOf(record)}`),
    ),
    h(
      'p',
      { class: 'quiet' },
      h('code', {}, loadedBy(record)),
      began !== undefined && [
        ' · ',
        h('time', { datetime: began }, began.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')),
      ],
      seconds !== undefined && ` · took ${clock(seconds)}`,
    ),
    standing === 'running' && (live ? statusLine(live) : h('p', { class: 'unfinished' }, UNFINISHED_TEXT)),
    h(
      'ul',
      { class: 'reasons' },
      reasons.map(({ code, text }) => h('li', { 'data-code': code }, text)),
    ),
  )
}

/** Where a run is that is followed. */
function statusLine({ phase, elapsed, remaining, rate, p95 }: LiveStatus): Branch {
  const told = [
    phase === undefined ? '' : `phase ${phase}`,
    elapsed === undefined ? 'load has not begun yet' : `${clock(elapsed)} elapsed`,
    remaining === undefined
      ? ''
      : remaining > 0
        ? `${clock(remaining)} remaining`
        : 'the last iterations end',
    rate === undefined ? '' : `${number(rate)} requests a second`,
    p95 === undefined ? '' : `p95 ${time(p95)}`,
  ]
  return h('p', { class: 'status' }, told.filter(Boolean).join(' · '))
}

/** What explains the failures, and what a reader should know besides. */
export function explanationSection({ record }: ReportData): Branch | undefined {
  const { explanations = [], notes = [], badRows, problems } = record
  const rows = badRows.map(
    ({ pool, bad, of, action }) =>
      `${bad.length} of ${of} rows of ${pool} ${action === 'quarantine' ? 'were left out' : 'are not known to the target'}: ${bad.slice(0, 20).join(', ')}`,
  )
  const more = [...textsOf(notes), ...rows, ...textsOf(problems).map((problem) => `Not recorded: ${problem}`)]
  if (explanations.length + more.length === 0) return undefined
  return h(
    'section',
    { id: 'explanations', 'aria-label': 'Explanations and notes' },
    explanations.length > 0 && [
      h('h2', {}, 'What explains it'),
      h(
        'ul',
        { class: 'explanations' },
        explanations.map((sentence) => h('li', {}, sentence)),
      ),
    ],
    more.length > 0 && [
      h('h2', {}, 'Notes'),
      h(
        'ul',
        { class: 'notes' },
        more.map((note) => h('li', {}, note)),
      ),
    ],
  )
}

/** The run in six figures. */
export function keyFigures({ record, timeline }: ReportData): Branch | undefined {
  const { totals, agreement, failedRequests, signals = [] } = record
  if (totals.requests + totals.iterations + totals.checks === 0) return undefined
  const { interrupted = 0 } = totals
  const seconds = secondsOf(record)
  const failed = failedRequests.reduce((sum, { count }) => sum + count, 0)
  const vus = timeline?.vus.reduce<number>((most, value) => Math.max(most, value ?? 0), 0) ?? 0
  const rate = seconds ? `${number(totals.requests / seconds)} a second${scaleOf(record)}` : ''
  const figure = (name: string, value: string, more: Tree = '', alarming = false): Branch =>
    h(
      'div',
      {},
      h('dt', {}, name),
      h('dd', {}, h('b', alarming ? { class: 'bad' } : {}, value), more !== '' && h('small', {}, more)),
    )
  return h(
    'dl',
    { class: 'figures', id: 'figures' },
    figure('Requests', number(totals.requests), rate),
    figure('Failed requests', shareText(failed, totals.requests) || '–', number(failed), failed > 0),
    signals.map(({ signal, count, failed, p95 }) => [
      figure(capitalized(signal), number(count), p95 === undefined ? '' : `p95 ${time(p95)}`),
      failed > 0 && figure(`Failed ${signal}`, shareText(failed, count), number(failed), true),
    ]),
    agreement !== undefined && figure('p95, all requests', time(agreement.k6.p95 ?? agreement.recorded.p95)),
    figure(
      'Iterations',
      number(totals.iterations),
      [
        totals.dropped > 0 ? `${number(totals.dropped)} dropped` : '',
        interrupted > 0 ? `${number(interrupted)} interrupted` : '',
      ]
        .filter(Boolean)
        .join(', '),
      false,
    ),
    figure(
      'Checks held',
      totals.checks === 0 ? '–' : shareText(totals.checks - totals.failedChecks, totals.checks),
      totals.uncountedChecks
        ? 'not counted'
        : `${number(totals.failedChecks)} of ${number(totals.checks)} failed`,
      totals.failedChecks > 0,
    ),
    vus > 0 && figure('Most VUs', number(vus)),
  )
}
