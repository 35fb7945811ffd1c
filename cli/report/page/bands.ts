import type uPlot from 'uplot'
import type { Band } from '../charts.ts'
import { colour } from './dom.ts'

/** Marks the phases behind the lines: a stripe each, the judged ones tinted, their names above. */
export function bandsPlugin(bands: () => readonly Band[]): uPlot.Plugin {
  return { hooks: { drawClear: [(plot) => drawBands(plot, bands())] } }
}

function drawBands(plot: uPlot, bands: readonly Band[]): void {
  const { ctx, bbox } = plot
  const ratio = devicePixelRatio
  ctx.save()
  ctx.font = `${10 * ratio}px system-ui, sans-serif`
  ctx.textAlign = 'left'
  ctx.textBaseline = 'alphabetic'
  for (const { phase, from, to, judged } of bands) {
    const left = Math.max(bbox.left, plot.valToPos(from, 'x', true))
    const right = Math.min(bbox.left + bbox.width, plot.valToPos(to, 'x', true))
    if (right <= left) continue
    if (judged) {
      ctx.fillStyle = colour('judged')
      ctx.fillRect(left, bbox.top, right - left, bbox.height)
    }
    ctx.fillStyle = colour('edge')
    if (left > bbox.left + 1)
      ctx.fillRect(left - ratio / 2, bbox.top - 12 * ratio, ratio, bbox.height + 12 * ratio)
    const name = judged ? `${phase} · judged` : phase
    const label = [name, phase].find((text) => ctx.measureText(text).width < right - left - 4 * ratio)
    ctx.fillStyle = colour(judged ? 'text' : 'quiet')
    if (label !== undefined) ctx.fillText(label, left + 3 * ratio, bbox.top - 5 * ratio)
  }
  ctx.restore()
}
