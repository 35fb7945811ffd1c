import type { Page } from 'k6/browser'
import { deferred } from '../deferred/index.ts'
import { traceHeaders } from '../traceHeaders.ts'
import { settlePaint, takeLeave } from './listen.ts'
import type { Visit } from './visit.ts'

/**
 * k6's `page.goto`, of a path of the target or of an address whose host the environment lists, with the step's
 * `traceparent`. The header is there until the document has been asked for: a browser asks third parties first whether
 * they take a header of ours, and those that do not are lost to the page.
 */
export const goTo =
  (open: Visit, goto: Page['goto']): Page['goto'] =>
  async (path, options) => {
    const url = deferred().urlOf('goto', open.base, path)
    const withoutHeader = async (): Promise<void> => {
      if (!open.onDocument) return
      open.onDocument = undefined
      await open.page.setExtraHTTPHeaders({})
    }
    await takeLeave(open.page)
    await settlePaint(open.page)
    await open.page.setExtraHTTPHeaders({ ...traceHeaders() })
    open.onDocument = () => void withoutHeader()
    try {
      return await goto(url, options)
    } finally {
      await withoutHeader()
    }
  }
