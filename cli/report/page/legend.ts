import { clock } from '../../base/index.ts'
import { inWords, type Chart } from '../charts.ts'
import { toDom } from './dom.ts'
import { h } from '../tree.ts'

/** The names of a chart's lines with the value under the cursor, or else the highest. */
export interface Legend {
  update(chart: Chart): void
  show(at: readonly number[], index: number | undefined): void
  /** What is shown now, as a sentence. */
  text(): string
}

const DASHES = ['', '', '6 3', '2 3', '8 3 2 3', '1 3']

/** Makes a button for each line, which hides and shows it. */
export function legend(
  place: HTMLElement,
  start: Chart,
  toggle: (line: number, visible: boolean) => void,
): Legend {
  let chart = start
  let moment: { at: readonly number[]; index: number | undefined } = { at: [], index: undefined }
  const buttons = chart.lines.map(({ label, style }, line) => {
    const button = toDom(
      h(
        'button',
        { type: 'button', 'aria-pressed': 'true' },
        h(
          'svg',
          { width: '22', height: '8', 'aria-hidden': 'true' },
          h('line', {
            stroke: `var(--line-${style})`,
            x1: '0',
            x2: '22',
            y1: '4',
            y2: '4',
            'stroke-dasharray': DASHES[style],
          }),
        ),
        h('span', {}, label),
        h('b', {}, ''),
      ),
    ) as HTMLButtonElement
    button.addEventListener('click', () => {
      const visible = button.getAttribute('aria-pressed') !== 'true'
      button.setAttribute('aria-pressed', String(visible))
      toggle(line, visible)
    })
    return button
  })
  const time = toDom(h('span', { class: 'moment' })) as HTMLElement
  place.replaceChildren(...buttons, time)

  const words = (line: number): string => {
    const values = chart.lines[line]?.values ?? []
    const { index } = moment
    if (index !== undefined) return inWords(values[index], chart.unit)
    const most = values.reduce<number | null>((a, b) => (b === null || (a !== null && a > b) ? a : b), null)
    return most === null ? '–' : `max ${inWords(most, chart.unit)}`
  }
  const render = (): void => {
    for (const [line, button] of buttons.entries()) {
      const figure = button.querySelector('b')
      if (figure) figure.textContent = words(line)
    }
    const { at, index } = moment
    time.textContent = index === undefined ? '' : `at ${clock(at[index] ?? 0)}`
  }
  render()
  return {
    update(next) {
      chart = next
      render()
    },
    show(at, index) {
      moment = { at, index }
      render()
    },
    text: () =>
      [time.textContent, ...chart.lines.map(({ label }, line) => `${label} ${words(line)}`)].join(', '),
  }
}
