import { number, shareText, time } from '../../base/index.ts'
import type { ReportData } from '../data.ts'
import { tellsFailures, type JourneyFigures, type StepFigures } from '../../record/index.ts'
import { funnelOf } from '../funnel.ts'
import { failedCell } from '../namedTable.ts'
import { h, type Branch, type Content } from '../tree.ts'
import { regionTables } from '../regions.ts'
import { spanTables } from '../spans.ts'
import { cellContent, namedTable } from './namedTable.ts'
import { bar, capitalized, nothing, section, tableElement } from './parts.ts'

/** The way of each journey, measured from its starts: how many reached the end of each step. */
export function funnelSection({ record }: ReportData): Branch {
  const { journeys } = record
  return section(
    'funnel',
    'Funnel of each journey',
    journeys.length === 0
      ? nothing('The record has no journeys.')
      : h('div', { class: 'funnels' }, journeys.map(funnel)),
  )
}

function funnel(journey: JourneyFigures): Branch {
  const { name, failed } = journey
  const rows = funnelOf(journey).map(({ name: stage, kind, reached, of, part, lost }) => {
    const bad = kind === 'failed' || kind === 'interrupted'
    return {
      class: kind === 'step' ? '' : 'edge',
      cells: [
        bad ? h('span', { class: 'bad' }, stage) : stage,
        bar(part, lost > 0 || bad ? 'lossy' : 'plain'),
        number(reached),
        kind === 'started' ? shareText(reached, reached) : of,
        lost > 0 ? h('span', { class: 'bad' }, `−${number(lost)}`) : '',
      ] satisfies Content[],
    }
  })
  return h(
    'div',
    { class: 'funnel' },
    h('h3', {}, name, h('span', { class: 'quiet' }, failed > 0 ? ` · ${number(failed)} failed` : '')),
    tableElement(['Step', 'Share of starts', '#Reached', '#Of starts', '#Lost'], rows, `Funnel of ${name}`),
  )
}

const HEADINGS = ['Step', 'Phase', '#Times', '#Mean', '#p50', '#p95', '#p99', '#Requests', '#Failed']

/** Each step in each phase: how often, how long, what failed. Times are the step's own. */
export function stepsSection({ record }: ReportData): Branch {
  const { journeys, judgedPhases } = record
  return section(
    'steps',
    'Steps by phase',
    journeys.length === 0 && nothing('The record has no journeys.'),
    journeys.map(({ name, steps }) => [
      h('h3', {}, name),
      tableElement(
        [
          ...HEADINGS,
          ...signalsOf(steps).flatMap((signal) => [
            `#${capitalized(signal)}`,
            ...(tellsFailures(signal) ? ['#Failed'] : []),
          ]),
        ],
        steps.flatMap((step) => stepRows(step, judgedPhases, signalsOf(steps))),
        `Steps of ${name} by phase`,
      ),
    ]),
    [...spanTables(record), ...regionTables(record)].map(namedTable),
  )
}

/** What else than requests was made in some steps. */
const signalsOf = (steps: readonly StepFigures[]): string[] => [
  ...new Set(
    steps.flatMap(({ phases = [], signals = [] }) =>
      [...signals, ...phases.flatMap((one) => one.signals ?? [])].map(({ signal }) => signal),
    ),
  ),
]

function stepRows(step: StepFigures, judgedPhases: readonly string[], signals: readonly string[]) {
  const { phases = [] } = step
  const known = phases.length > 0 ? phases : [{ ...step, phase: 'whole run', count: step.measured }]
  return known.map((one, index) => {
    const { phase, count, requests, failed } = one
    const isJudged = phases.length === 0 || judgedPhases.includes(phase)
    return {
      class: [isJudged && phases.length > 1 ? 'judged' : '', index > 0 ? 'again' : ''].join(' ').trim(),
      cells: [
        index === 0 ? step.name : h('span', { class: 'hidden' }, step.name),
        isJudged && phases.length > 1 ? [phase, h('span', { class: 'tag' }, 'judged')] : phase,
        number(count),
        time(one.mean),
        time(one.p50),
        time(one.p95),
        time(one.p99),
        number(requests),
        cellContent(failedCell(failed, requests)),
        ...signals.flatMap((name) => {
          const { count = 0, failed = 0 } = one.signals?.find(({ signal }) => signal === name) ?? {}
          return [number(count), ...(tellsFailures(name) ? [cellContent(failedCell(failed, count))] : [])]
        }),
      ] satisfies Content[],
    }
  })
}
