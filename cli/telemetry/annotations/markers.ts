import { andMore } from '../../base/index.ts'
import { formatDuration } from '../../../config/duration.ts'
import { uidOf, type Dialect } from '../../grafana/index.ts'
import { shortCommit, textsOf, type RunRecord } from '../../record/index.ts'
import type { Grafana } from './grafana.ts'
import { regionsOf, type Region } from './regions.ts'
import { html, link, tag } from './words.ts'

/** What a marker tells of a run. */
export const KINDS = ['start', 'phase', 'end', 'verdict', 'baseline'] as const
export type MarkerKind = (typeof KINDS)[number]

/** A marker as Grafana has it: a moment, or a region where it ends later (ms since 1970). */
export interface Marker {
  readonly kind: MarkerKind
  readonly time: number
  readonly timeEnd: number
  readonly tags: readonly string[]
  readonly text: string
}

/** How markers are made. */
export interface MarkerOptions {
  /** The run is one that others are compared with. */
  readonly baseline?: boolean
  /** The dashboards that links lead to; `native` unless told. */
  readonly naming?: Dialect['name']
}

/** Reasons of a verdict that its marker has. */
const MAX_REASONS = 5

/** The tags that all markers of a run have, and no others. */
export const tagsOf = ({ id }: Pick<RunRecord, 'id'>): string[] => ['loadwright', tag('testid', id)]

/** A run's markers, by its record. Of one that has not ended: its start, and the phases that are known. */
export function markersOf(
  record: RunRecord,
  grafana: Pick<Grafana, 'url'>,
  making: MarkerOptions = {},
): Marker[] {
  const { suite, profile, environment, state, startedAt, endedAt, phases = [] } = record
  const start = Date.parse(startedAt)
  const end = Date.parse(endedAt ?? startedAt)
  const to = link(runUrl(record, grafana, making), record.id)
  const named = [tag('suite', suite), tag('environment', environment), tag('profile', profile)]
  const marker = (kind: MarkerKind, words: string, more: Partial<Marker> = {}): Marker => {
    const tags = [...tagsOf(record), tag('kind', kind), ...named, ...(more.tags ?? [])]
    const time = more.time ?? end
    return { kind, time, timeEnd: more.timeEnd ?? time, tags, text: `${words}<br>${to}` }
  }
  const begun = [
    marker('start', startWords(record), { time: start }),
    ...regionsOf(phases).map((region) =>
      marker('phase', phaseWords(region), { time: region.from, timeEnd: region.to, tags: phaseTags(region) }),
    ),
  ]
  if (state === 'running') return begun
  const over = [
    marker('end', endWords(record, end - start)),
    marker('verdict', verdictWords(record), { tags: [tag('verdict', record.verdict)] }),
  ]
  if (!making.baseline) return [...begun, ...over]
  return [...begun, ...over, marker('baseline', baselineWords(record), { time: start, timeEnd: end })]
}

/** The Run dashboard at this run's time. */
export function runUrl(
  { id, state, startedAt, endedAt }: Pick<RunRecord, 'id' | 'state' | 'startedAt' | 'endedAt'>,
  { url }: Pick<Grafana, 'url'>,
  { naming = 'native' }: MarkerOptions = {},
): string {
  const to = state === 'running' || endedAt === undefined ? 'now' : `${Date.parse(endedAt)}`
  const query = new URLSearchParams({ 'var-testid': id, from: `${Date.parse(startedAt)}`, to })
  return `${url}/d/${uidOf('run', { name: naming })}?${query.toString()}`
}

function startWords({
  suite,
  profile,
  environment,
  metadata = { host: '', loadwright: '' },
}: RunRecord): string {
  const { version, commit, branch } = metadata
  const told = [
    ...(version === undefined ? [] : [`version ${version}`]),
    ...(commit === undefined ? [] : [`commit ${shortCommit(commit)}`]),
    ...(branch === undefined ? [] : [`branch ${branch}`]),
  ]
  return [
    `<b>Run of ${html(suite, 64)} began</b>`,
    ...[`${profile} on ${environment}`, ...told].map(short),
  ].join(' · ')
}

const phaseWords = ({ phase, judged, from, to, scenarios }: Region): string =>
  [
    `<b>${html(phase, 64)}</b>${judged ? ' (judged)' : ''}`,
    formatDuration(to - from),
    short(scenarios.join(', ')),
  ].join(' · ')

const phaseTags = ({ phase, at }: Region): string[] => [
  tag('phase', phase),
  // The second region of a phase, where scenarios have it at different times.
  ...(at > 1 ? [tag('region', `${at}`)] : []),
]

function endWords({ suite, totals: { requests, iterations, dropped } }: RunRecord, lasted: number): string {
  const lost = dropped > 0 ? ` (${dropped} dropped)` : ''
  return [
    `<b>Run of ${html(suite, 64)} ended</b>`,
    `after ${formatDuration(lasted)}`,
    `${requests} requests`,
    `${iterations} iterations${lost}`,
  ].join(' · ')
}

function verdictWords({ verdict, reasons }: RunRecord): string {
  const shown = textsOf(reasons).slice(0, MAX_REASONS)
  const words = andMore(shown, reasons.length - shown.length).join('; ')
  return [`<b>${html(verdict.toUpperCase(), 32)}</b>`, ...(words === '' ? [] : [html(words)])].join(' · ')
}

function baselineWords({ verdict, totals: { requests }, agreement, metadata }: RunRecord): string {
  const p95 = agreement?.k6.p95
  return [
    `<b>Baseline</b> (${html(verdict, 32)})`,
    ...(p95 === undefined ? [] : [`p95 ${Math.round(p95)} ms`]),
    `${requests} requests`,
    ...(metadata?.version === undefined ? [] : [short(`version ${metadata.version}`)]),
  ].join(' · ')
}

const short = (text: string): string => html(text, 100)
