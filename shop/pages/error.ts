import { STATUS_CODES } from 'node:http'
import { escape } from '../html.ts'
import { plainPage, type LayoutView } from './layout.ts'

/** The error page; `lines` is the error, innermost first, and a server error ends in a stack. */
export function errorPage(view: LayoutView, status: number, lines: readonly string[]): string {
  const stack = status < 500 ? [] : ['main.(*frontendServer).handler', '\tloadwright/shop']
  return plainPage(
    view,
    `  <section class="error">
    <h1>Uh, oh!</h1>
    <p>Something has failed. Below are some details for debugging.</p>
    <p><strong>HTTP Status:</strong> ${status} ${STATUS_CODES[status] ?? ''}</p>
    <pre class="border border-danger p-3" style="white-space: pre-wrap;">${escape([...lines, ...stack].join('\n'))}</pre>
  </section>
`,
  )
}
