import type { Drawing } from '../charts.ts'
import { drawChart, type Drawn } from './chart.ts'
import { each, one } from './dom.ts'
import { drawHeat, type DrawnHeat } from './heatmap.ts'
import { followLive } from './live.ts'
import { createView } from './view.ts'

const view = createView()
let drawn = new Map<HTMLElement, Drawn | DrawnHeat>()

/** Draws what has a place on the page; a place that was drawn before gets its new data. */
function draw(drawing: Drawing | null): void {
  const next = new Map<HTMLElement, Drawn | DrawnHeat>()
  for (const figure of drawing ? each('[data-chart]') : []) {
    const chart = drawing?.charts.find(({ key }) => key === figure.dataset.chart)
    const known = drawn.get(figure) as Drawn | undefined
    if (drawing && chart) known?.update(chart, drawing)
    const made = known ?? (drawing && chart ? drawChart(figure, chart, drawing, view) : undefined)
    if (made) next.set(figure, made)
  }
  for (const figure of drawing ? each('[data-heat]') : []) {
    const heat = drawing?.heats[Number(figure.dataset.heat)]
    const known = drawn.get(figure) as DrawnHeat | undefined
    if (drawing && heat) known?.update(heat, drawing)
    const made = known ?? (drawing && heat ? drawHeat(figure, heat, drawing, view) : undefined)
    if (made) next.set(figure, made)
  }
  for (const [figure, old] of drawn) if (!next.has(figure) && 'remove' in old) old.remove()
  drawn = next
}

function redraw(): void {
  for (const one of drawn.values()) one.redraw()
}

/** Paper is white, whatever the screen; and what is folded is printed too. */
function print(): void {
  let folded: HTMLElement[] = []
  addEventListener('beforeprint', () => {
    folded = each('details:not([open])')
    for (const one of folded) one.setAttribute('open', '')
    document.documentElement.dataset.paper = ''
    redraw()
  })
  addEventListener('afterprint', () => {
    for (const one of folded) one.removeAttribute('open')
    delete document.documentElement.dataset.paper
    redraw()
  })
}

draw(JSON.parse(one('#data')?.textContent ?? 'null') as Drawing | null)
print()
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw)
let width = 0
new ResizeObserver(([entry]) => {
  const now = entry?.contentRect.width ?? 0
  if (now !== width) redraw()
  width = now
}).observe(document.body)
if ('live' in document.body.dataset) followLive(draw)
