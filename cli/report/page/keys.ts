import type uPlot from 'uplot'
import { one } from './dom.ts'
import { withinView, zoomed, type Range, type PageView } from './view.ts'

interface Charted {
  view: PageView
  whole: () => Range
  shown: () => Range
  /** What the legend says now: read to those who listen. */
  reading: () => string
}

/** The keyboard of a chart: arrows move the cursor, with Shift the view; + and − zoom; 0 and Escape show all. */
export function keys(place: HTMLElement, plot: uPlot, { view, whole, shown, reading }: Charted): void {
  const move = (to: number): void => {
    const at = plot.data[0]
    const index = Math.min(at.length - 1, Math.max(0, to))
    plot.setCursor({ left: plot.valToPos(at[index] ?? 0, 'x'), top: 1 })
    const live = one('#reading')
    if (live) live.textContent = reading()
  }
  const index = (): number => plot.cursor.idx ?? -1
  const zoom = (factor: number): void => {
    const range = shown()
    const at = plot.data[0][index()]
    const around = at !== undefined && at >= range.min && at <= range.max ? at : (range.min + range.max) / 2
    view.set(zoomed(range, whole(), factor, around))
  }
  const shift = (part: number): void => {
    const { min, max } = shown()
    const by = (max - min) * part
    if (view.get()) view.set(withinView({ min: min + by, max: max + by }, whole()))
  }
  const does: Readonly<Record<string, (event: KeyboardEvent) => void>> = {
    ArrowRight: ({ shiftKey }) => (shiftKey ? shift(0.2) : move(index() + 1)),
    ArrowLeft: ({ shiftKey }) =>
      shiftKey ? shift(-0.2) : move(index() < 0 ? plot.data[0].length : index() - 1),
    Home: () => move(0),
    End: () => move(plot.data[0].length - 1),
    '+': () => zoom(0.5),
    '=': () => zoom(0.5),
    '-': () => zoom(2),
    '0': () => view.set(undefined),
    Escape: () => view.set(undefined),
  }
  place.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const act = does[event.key]
    if (!act) return
    event.preventDefault()
    act(event)
  })
}
