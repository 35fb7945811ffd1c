import { assets } from './assets.ts'
import { drawingOf } from './charts.ts'
import { htmlDocument } from './document.ts'
import { standingOf, standingText, type ReportData } from './data.ts'
import { reportParts } from './sections/index.ts'
import { h } from './tree.ts'

/** How a page is made. */
export interface PageOptions {
  /** The page follows a run: it listens to `events` beside it, each message is a complete ReportData as JSON. */
  live?: boolean
}

/**
 * A run as one HTML file, which fetches nothing: verdict and tables read without JavaScript, charts are drawn by it.
 * Whatever came from a target is text in it.
 */
export async function htmlReport(data: ReportData, { live = false }: PageOptions = {}): Promise<string> {
  const { script, style } = await assets()
  const { suite, profile, environment } = data.record
  const title = `${standingText(standingOf(data.record), data.live).toUpperCase()} · ${suite} · ${profile} · ${environment}`
  return htmlDocument({
    title,
    style,
    script,
    live,
    body: h(
      'body',
      live ? { 'data-live': '' } : {},
      h('main', { id: 'report' }, reportParts(data)),
      h('p', { id: 'reading', class: 'hidden', 'aria-live': 'polite' }),
    ),
    ending: [
      `<script type="application/json" id="data">${embedded(drawingOf(data) ?? null)}</script>`,
      `<script>${script}</script>`,
    ],
  })
}

/** Characters that could end the element, and those that re-order what a person reads in the source. */
const ESCAPED = /[<>&\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** JSON that cannot end the element it stands in. */
export function embedded(value: unknown): string {
  return JSON.stringify(value).replace(
    ESCAPED,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
