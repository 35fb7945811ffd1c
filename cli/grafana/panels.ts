import { panelOf, type PanelSpec, type Unplaced } from './panel.ts'
import type { Dialect } from './question.ts'
import type { TargetsAsked } from './targets.ts'

export type { PanelSpec, Unplaced }
export type { TargetsAsked }

/** Curves over time. */
export const curves = (dialect: Dialect, spec: PanelSpec, asking: readonly TargetsAsked[]): Unplaced[] =>
  panelOf(dialect, spec, asking, {
    type: 'timeseries',
    options: {
      // How it is drawn depends on how many series there are: see legends.ts.
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
    custom: {
      lineWidth: 1,
      fillOpacity: 8,
      showPoints: 'auto',
      spanNulls: false,
      ...(spec.steps ? LINES : {}),
    },
  })

/** Where there are steps of colour, a line is drawn at each. */
const LINES = { thresholdsStyle: { mode: 'dashed' } }

/** One number, or a few. */
export const stat = (dialect: Dialect, spec: PanelSpec, asking: readonly TargetsAsked[]): Unplaced[] =>
  panelOf(dialect, { w: 4, h: 4, ...spec }, asking, {
    type: 'stat',
    options: {
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
      colorMode: spec.steps ? 'background' : 'value',
      graphMode: 'none',
      justifyMode: 'auto',
      textMode: 'auto',
      orientation: 'auto',
    },
  })

/** A table of instant values; `more.transformations` join and name its columns. */
export const tablePanel = (dialect: Dialect, spec: PanelSpec, asking: readonly TargetsAsked[]): Unplaced[] =>
  panelOf(dialect, { w: 24, h: 9, ...spec }, asking, {
    type: 'table',
    options: { showHeader: true, cellHeight: 'sm', footer: { show: false, reducer: ['sum'], fields: '' } },
  })

/** How values are distributed over time: a cell says how many there were, the axis how much each was (`axis`, its unit). */
export const heatmap = (
  dialect: Dialect,
  spec: PanelSpec & { readonly axis: 's' | 'ms' },
  asking: readonly TargetsAsked[],
): Unplaced[] =>
  panelOf(dialect, spec, asking, {
    type: 'heatmap',
    options: {
      // Said explicitly: the queries give buckets.
      calculate: dialect.language === 'influxql',
      color: {
        mode: 'scheme',
        scheme: 'Turbo',
        steps: 64,
        exponent: 0.5,
        fill: 'dark-orange',
        reverse: false,
      },
      cellGap: 1,
      filterValues: { le: 1e-9 },
      yAxis: { axisPlacement: 'left', unit: spec.axis, reverse: false },
      cellValues: { unit: spec.unit },
      rowsFrame: { layout: 'auto' },
      legend: { show: true },
      tooltip: { mode: 'single', yHistogram: true, showColorScale: true },
    },
  })

/** States over time, coloured by `defaults.mappings`; a state lasts until the next one. `apart`: equal ones are not merged. */
export const states = (
  dialect: Dialect,
  spec: PanelSpec & { readonly apart?: true },
  asking: readonly TargetsAsked[],
): Unplaced[] =>
  panelOf(dialect, spec, asking, {
    type: 'state-timeline',
    options: {
      mergeValues: spec.apart !== true,
      showValue: 'auto',
      alignValue: 'left',
      rowHeight: 0.8,
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
      tooltip: { mode: 'single', sort: 'none' },
    },
    custom: { fillOpacity: 75, lineWidth: 0, spanNulls: true },
  })

/** A bar for each row of a table, named by the field `x`. */
export const bars = (
  dialect: Dialect,
  spec: PanelSpec & { readonly x: string },
  asking: readonly TargetsAsked[],
): Unplaced[] =>
  panelOf(dialect, { w: 24, ...spec }, asking, {
    type: 'barchart',
    options: {
      xField: spec.x,
      orientation: 'auto',
      xTickLabelRotation: -45,
      xTickLabelMaxLength: 24,
      showValue: 'auto',
      stacking: 'none',
      groupWidth: 0.7,
      barWidth: 0.9,
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] },
      tooltip: { mode: 'multi', sort: 'none' },
    },
    custom: { fillOpacity: 70, lineWidth: 1 },
  })

/** Words in Markdown. */
export const textPanel = (id: number, title: string, content: string, size = { w: 24, h: 3 }): Unplaced[] => [
  { id, title, type: 'text', options: { mode: 'markdown', content }, size },
]
