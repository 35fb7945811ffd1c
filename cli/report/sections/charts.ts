import { clock, number, time } from '../../base/index.ts'
import { drawingOf, isEmpty, summaryOf, type Band, type Chart, type Drawing } from '../charts.ts'
import type { ReportData } from '../data.ts'
import { heatRows, type Heat } from '../heat.ts'
import { h, type Branch, type Content } from '../tree.ts'
import { nothing, section, tableElement } from './parts.ts'

const UNRECORDED = 'The course of this run was not recorded, so there is nothing to draw.'
const WITHOUT_SCRIPT = 'Charts are drawn by JavaScript, which is off. The figures are in the tables.'

/** Places for the charts over time, which a script fills; each says in words what it shows. */
export function chartsSection(data: ReportData): Branch {
  const drawing = drawingOf(data)
  return section(
    'charts',
    'Over time',
    drawing === undefined
      ? nothing(UNRECORDED)
      : [
          h('noscript', {}, nothing(WITHOUT_SCRIPT)),
          h(
            'p',
            { class: 'quiet hint' },
            phasesText(drawing.bands),
            'Drag to zoom, double click for all. With the keyboard: arrows, + and −, 0 for all.',
          ),
          h(
            'div',
            { class: 'charts' },
            drawing.charts.map((chart) => figure(chart, drawing)),
          ),
        ],
  )
}

function figure(chart: Chart, drawing: Drawing): Branch {
  const { key, title } = chart
  return h(
    'figure',
    { class: 'chart', 'data-chart': key },
    h('figcaption', {}, h('h3', {}, title)),
    isEmpty(chart)
      ? nothing(`Nothing was measured: ${title.toLowerCase()}.`)
      : [
          h('div', { class: 'legend' }),
          h('div', { class: 'plot', tabindex: '0', role: 'group', 'aria-label': summaryOf(chart, drawing) }),
        ],
  )
}

function phasesText(bands: readonly Band[]): Content {
  if (bands.length === 0) return 'This run has no phases. '
  return [
    'Phases: ',
    bands.map(({ phase, from, to, judged }, index) => [
      index > 0 && ', ',
      h('b', {}, phase),
      ` ${clock(from)}–${clock(to)}${judged ? ' (judged)' : ''}`,
    ]),
    '. ',
  ]
}

/** Places for a heatmap per step, each with its figures as a table. */
export function heatmapsSection(data: ReportData): Branch {
  const drawing = drawingOf(data)
  const heats = drawing?.heats ?? []
  return section(
    'heatmaps',
    'How long steps took',
    drawing === undefined || heats.length === 0
      ? nothing(drawing === undefined ? UNRECORDED : 'No step was measured.')
      : [
          h(
            'p',
            { class: 'quiet hint' },
            'The darker, the more often a step took that long at that time. Rows grow by the same share each: 9 %, or more where times lie far apart.',
          ),
          h(
            'div',
            { class: 'charts' },
            heats.map((heat, index) => heatmap(heat, index, drawing)),
          ),
        ],
  )
}

function heatmap(heat: Heat, index: number, { at, window }: Drawing): Branch {
  const { journey, step, per, bounds } = heat
  const name = `${journey} › ${step}`
  const start = (column: number): number => (at[column * per] ?? 0) - window / 2
  const rows = heatRows(heat).map(({ column, columns, count, p50, p95, p99 }) => [
    `${clock(start(column))}–${clock(start(column) + columns * per * window)}`,
    ...[number(count), time(p50), time(p95), time(p99)],
  ])
  return h(
    'figure',
    { class: 'chart', 'data-heat': `${index}` },
    h('figcaption', {}, h('h3', {}, h('span', { class: 'quiet' }, `${journey} › `), step)),
    bounds.length === 0
      ? nothing('This step was never measured.')
      : [
          h('canvas', {
            class: 'heat',
            role: 'img',
            'aria-label': `Heatmap of ${name}: how often it took how long; the figures follow as a table`,
          }),
          h('p', { class: 'reading quiet' }),
          h(
            'details',
            { id: `heat-${index}-figures` },
            h('summary', {}, 'Figures'),
            tableElement(['Time', '#Times', '#p50', '#p95', '#p99'], rows, `Figures of ${name} over time`),
          ),
        ],
  )
}
