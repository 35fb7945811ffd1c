import uPlot from 'uplot'
import { clock } from '../../base/index.ts'
import { inWords, type Chart, type Drawing } from '../charts.ts'
import { bandsPlugin } from './bands.ts'
import { colour, one } from './dom.ts'
import { keys } from './keys.ts'
import { legend } from './legend.ts'
import type { Range, PageView } from './view.ts'

/** A chart on the page. */
export interface Drawn {
  /** Shows other data of the same lines. */
  update(chart: Chart, drawing: Drawing): void
  /** Draws again: another width, another theme, paper. */
  redraw(): void
  remove(): void
}

const HEIGHT_PX = 208
const DASHES = [undefined, undefined, [6, 3], [2, 3], [8, 3, 2, 3], [1, 3]]
const WIDTHS = [1.5, 2, 1.5, 2, 2, 2]
/** Steps of a time axis, seconds. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400]

/** All of the time that was recorded. */
export const wholeOf = ({ at, window }: Drawing): Range => ({
  min: Math.min(0, (at[0] ?? 0) - window / 2),
  max: (at.at(-1) ?? 0) + window / 2,
})

/** Draws a chart into its figure. */
export function drawChart(
  figure: HTMLElement,
  first: Chart,
  start: Drawing,
  view: PageView,
): Drawn | undefined {
  const place = one('.plot', figure)
  const labels = one('.legend', figure)
  if (!place || !labels) return undefined
  let [chart, drawing] = [first, start]
  const shown = (): Range => view.get() ?? wholeOf(drawing)
  const data = (): uPlot.AlignedData =>
    [drawing.at, ...chart.lines.map(({ values }) => values)] as unknown as uPlot.AlignedData
  const width = (): number => Math.max(200, place.clientWidth)
  const names = legend(labels, chart, (index, visible) => plot.setSeries(index + 1, { show: visible }))

  const axis: uPlot.Axis = {
    stroke: () => colour('quiet'),
    font: '11px system-ui, sans-serif',
    grid: { stroke: () => colour('grid'), width: 1 },
    ticks: { show: false },
  }
  const plot = new uPlot(
    {
      width: width(),
      height: HEIGHT_PX,
      padding: [18, 20, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        points: { size: 6 },
        drag: { x: true, y: false, setScale: false },
        sync: {
          key: 'time',
          setSeries: false,
          filters: { pub: (type) => /^mouse(move|leave|enter)$/.test(type) },
        },
        bind: {
          dblclick: () => () => {
            view.set(undefined)
            return null
          },
        },
      },
      scales: {
        x: { time: false, range: () => [shown().min, shown().max] },
        y: { range: (_self, _least, most) => [0, Number.isFinite(most) && most > 0 ? most * 1.08 : 1] },
      },
      axes: [
        { ...axis, incrs: STEPS, size: 26, space: 56, values: (_self, splits) => splits.map(clock) },
        {
          ...axis,
          size: 64,
          space: 34,
          values: (_self, splits) => splits.map((value) => inWords(value, chart.unit).replace('/s', '')),
        },
      ],
      series: [
        {},
        ...chart.lines.map(({ label, style }) => ({
          label,
          stroke: () => colour(`line-${style}`),
          width: WIDTHS[style] ?? 2,
          ...(DASHES[style] === undefined ? {} : { dash: DASHES[style] }),
          points: { show: drawing.at.length < 40, size: 4 },
          spanGaps: false,
        })),
      ],
      plugins: [bandsPlugin(() => drawing.bands)],
      hooks: {
        setSelect: [
          (self) => {
            const { left, width } = self.select
            if (width < 4) return
            view.set({ min: self.posToVal(left, 'x'), max: self.posToVal(left + width, 'x') })
            self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
          },
        ],
        setCursor: [(self) => names.show(drawing.at, self.cursor.idx ?? undefined)],
      },
    },
    data(),
    place,
  )
  keys(place, plot, { view, whole: () => wholeOf(drawing), shown, reading: () => names.text() })
  const redraw = (): void => {
    plot.setSize({ width: width(), height: HEIGHT_PX })
    plot.setData(data())
  }
  view.onChange(() => plot.setData(data()))
  return {
    update(nextChart, nextDrawing) {
      chart = nextChart
      drawing = nextDrawing
      names.update(chart)
      plot.setData(data())
    },
    redraw,
    remove: () => plot.destroy(),
  }
}
