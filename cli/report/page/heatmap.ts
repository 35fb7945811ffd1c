import { clock, number, time } from '../../base/index.ts'
import type { Drawing } from '../charts.ts'
import type { Heat } from '../heat.ts'
import { wholeOf } from './chart.ts'
import { colour, one } from './dom.ts'
import type { Range, PageView } from './view.ts'

const HEIGHT_PX = 150
const LEFT_PX = 64
const BOTTOM_PX = 22

/** A heatmap on the page. */
export interface DrawnHeat {
  update(heat: Heat, drawing: Drawing): void
  redraw(): void
}

/** Draws a heatmap into its figure, and says what is under the pointer. */
export function drawHeat(
  figure: HTMLElement,
  first: Heat,
  start: Drawing,
  view: PageView,
): DrawnHeat | undefined {
  const canvas = figure.querySelector('canvas')
  const reading = one('.reading', figure)
  if (!canvas || !reading) return undefined
  let [heat, drawing] = [first, start]
  const range = (): Range => view.get() ?? wholeOf(drawing)
  const redraw = (): void => paint(canvas, heat, drawing, range())
  canvas.addEventListener('mousemove', ({ offsetX, offsetY }) => {
    reading.textContent = under(offsetX, offsetY, canvas, heat, drawing, range())
  })
  canvas.addEventListener('mouseleave', () => (reading.textContent = ''))
  canvas.addEventListener('dblclick', () => view.set(undefined))
  view.onChange(redraw)
  redraw()
  return {
    update(nextHeat, nextDrawing) {
      heat = nextHeat
      drawing = nextDrawing
      redraw()
    },
    redraw,
  }
}

/** When a column begins and how long it lasts, seconds. */
const columnAt = ({ per }: Heat, { at, window }: Drawing, column: number): [number, number] => [
  (at[column * per] ?? 0) - window / 2,
  per * window,
]

function paint(canvas: HTMLCanvasElement, heat: Heat, drawing: Drawing, { min, max }: Range): void {
  const context = canvas.getContext('2d')
  const width = canvas.clientWidth
  if (!context || width === 0) return
  const ratio = devicePixelRatio
  canvas.width = width * ratio
  canvas.height = HEIGHT_PX * ratio
  context.scale(ratio, ratio)
  const [plotWidth, plotHeight] = [width - LEFT_PX - 12, HEIGHT_PX - BOTTOM_PX]
  const x = (seconds: number): number => LEFT_PX + ((seconds - min) / (max - min)) * plotWidth
  const rows = heat.bounds.length
  const tall = plotHeight / rows
  const most = Math.max(1, ...heat.columns.map((column) => Math.max(0, ...column)))
  context.save()
  context.beginPath()
  context.rect(LEFT_PX, 0, plotWidth, plotHeight)
  context.clip()
  context.fillStyle = colour('heat')
  for (const [column, counts] of heat.columns.entries()) {
    const [begin, length] = columnAt(heat, drawing, column)
    const [left, right] = [x(begin), x(begin + length)]
    if (right < LEFT_PX || left > width) continue
    for (const [row, count] of counts.entries()) {
      if (count === 0) continue
      // Rare ones are what people look for: a single one is never invisible.
      context.globalAlpha = 0.15 + 0.85 * Math.sqrt(count / most)
      context.fillRect(
        left,
        plotHeight - (row + 1) * tall,
        Math.max(1, right - left - 0.5),
        Math.max(1, tall - 0.5),
      )
    }
  }
  context.globalAlpha = 1
  context.fillStyle = colour('edge')
  for (const { from } of drawing.bands) if (from > min) context.fillRect(x(from), 0, 1, plotHeight)
  context.restore()
  labels(context, heat, { min, max }, { width, plotHeight, tall, x })
}

interface Frame {
  width: number
  plotHeight: number
  tall: number
  x: (seconds: number) => number
}

function labels(
  context: CanvasRenderingContext2D,
  { bounds }: Heat,
  { min, max }: Range,
  frame: Frame,
): void {
  const { width, plotHeight, tall, x } = frame
  context.font = '11px system-ui, sans-serif'
  context.fillStyle = colour('quiet')
  context.textAlign = 'right'
  context.textBaseline = 'middle'
  const every = Math.max(1, Math.ceil(bounds.length / 4))
  for (let row = 0; row < bounds.length; row += every)
    context.fillText(time(bounds[row]), LEFT_PX - 8, Math.max(7, plotHeight - (row + 0.5) * tall))
  context.textBaseline = 'alphabetic'
  const parts = width > 500 ? 6 : 3
  for (let part = 0; part <= parts; part++) {
    const seconds = min + ((max - min) * part) / parts
    context.textAlign = part === 0 ? 'left' : part === parts ? 'right' : 'center'
    context.fillText(clock(seconds), x(seconds), HEIGHT_PX - 5)
  }
}

function under(
  left: number,
  top: number,
  { clientWidth }: HTMLCanvasElement,
  heat: Heat,
  drawing: Drawing,
  { min, max }: Range,
): string {
  const seconds = min + ((left - LEFT_PX) / (clientWidth - LEFT_PX - 12)) * (max - min)
  const row = Math.floor((HEIGHT_PX - BOTTOM_PX - top) / ((HEIGHT_PX - BOTTOM_PX) / heat.bounds.length))
  const column = heat.columns.findIndex((_, index) => {
    const [begin, length] = columnAt(heat, drawing, index)
    return seconds >= begin && seconds < begin + length
  })
  const upper = heat.bounds[row]
  if (upper === undefined || column < 0) return ''
  const [begin] = columnAt(heat, drawing, column)
  return `${clock(begin)} · ${time(upper / heat.factor)} to ${time(upper)}: ${number(heat.columns[column]?.[row] ?? 0)}`
}
