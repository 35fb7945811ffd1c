import type { ConsoleMessage, Page, Request, Response } from 'k6/browser'
import { redact } from '../../config/redact.ts'
import { targetPattern } from './names.ts'
import type { PageProblem, Visit } from './visit.ts'

/** How the page's own script tells what k6 has no event for. */
const MARK = 'loadwright:'
/** The event by which a page is told that it will be left, where the browser does not tell it. */
const LEAVE = `${MARK}leave`
const MAX_LINES = 20
/** Milliseconds that an error page has to be drawn, for the picture of it. */
const SHOWN_MS = 300
const MAX_CHARACTERS = 300

/**
 * Runs in each page before its own scripts: errors that nobody caught, boxes that stop the page until k6 has closed them,
 * and addresses that a script gives to it become lines of its console. What k6 measures of a page it tells when the page is
 * hidden; where another one takes its place, that is too late to be heard: here it is hidden as soon as it is left. What a
 * frame of somebody else's does is told as the console's own line, which is no problem of the page.
 */
export const PROBE = `(() => {
  const say = console.error.bind(console)
  let own = true
  try {
    void top.document
  } catch {
    own = false
  }
  const tell = (kind, text) => say((own ? '${MARK}' + kind + ' ' : 'the frame ' + location.href + ': ') + text)
  addEventListener('error', (event) => event.error && tell('script', String(event.message)))
  addEventListener('unhandledrejection', (event) => tell('script', String(event.reason)))
  for (const name of ['alert', 'confirm', 'prompt']) {
    const own = window[name]
    window[name] = (...words) => (tell('dialog', name + ': ' + words[0]), own.apply(window, words))
  }
  if (window !== top) return
  let left = false
  const leave = () => {
    if (left) return
    left = true
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
    delete document.visibilityState
  }
  for (const name of ['beforeunload', '${LEAVE}']) addEventListener(name, leave)
  for (const name of ['pushState', 'replaceState']) {
    const own = history[name]
    history[name] = function (...words) {
      own.apply(this, words)
      tell('route', location.href)
    }
  }
  addEventListener('popstate', () => tell('route', location.href))
})()`

/** Lets a page that is open tell what k6 measures of it, but for its largest paint: one that is left does not know in time. */
export const takeLeave = async (page: Page): Promise<void> => {
  if (page.url() === 'about:blank') return
  try {
    await page.evaluate((name) => dispatchEvent(new Event(name)), LEAVE)
  } catch {
    // It is no page, or on its way to another.
  }
}

/** Lets a page tell its largest paint, which is settled by a person's input alone, as soon as the page is idle. */
export const settlePaint = async (page: Page): Promise<void> => {
  if (page.url() === 'about:blank') return
  try {
    await page.keyboard.press('Shift')
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 200 })))
  } catch {
    // As above.
  }
}

/** Listens to a page: its console, its scripts, and the answers to navigations, its own and those of its frames. */
export const listen = (open: Visit): void => {
  const { page } = open
  const tell = (problem: PageProblem, wait = 0): void => {
    if (open.ignore(problem)) return
    open.problems.push(problem)
    setTimeout(() => open.onProblem?.(), wait)
  }
  const note = (line: string): void => {
    open.console.push(line)
    if (open.console.length > MAX_LINES) open.console.shift()
  }
  page.on('console', (message: ConsoleMessage) => {
    if (message.type() !== 'error') return
    const text = message.text()
    const [kind, told] = markIn(text)
    if (kind === 'route') {
      if (told !== open.loaded) open.routes.add(told)
      return
    }
    const line = redact(told, MAX_CHARACTERS)
    note(line)
    if (kind === 'script') tell({ kind, text: `script error: ${line}` })
    else if (kind === 'dialog') tell({ kind, text: `the page showed ${line}` })
  })
  page.on('request', (request: Request) => {
    if (!isDocument(request) || !isOfPage(request, page)) return
    open.routes.delete(request.url())
    open.waiting = true
    open.onDocument?.()
  })
  page.on('response', (response: Response) => {
    const request = response.request()
    if (!isDocument(request)) return
    const [status, url, ofPage] = [response.status(), response.url(), isOfPage(request, page)]
    if (ofPage && (status < 300 || status >= 400)) {
      open.loaded = url
      open.waiting = false
      open.routes.clear()
    }
    if (status < 400) return
    const what = ofPage ? 'page' : `frame ${redact(url, MAX_CHARACTERS)}`
    const text = `the ${what} answered with status ${status}`
    // What others show in a frame, an advertisement or a chat, is no fault of the target.
    if (ofPage || targetPattern(open).test(url)) tell({ kind: 'status', status, text }, SHOWN_MS)
    else note(text)
  })
}

/** Whether a request is for a document, of the page or of one of its frames. */
const isDocument = (request: Request): boolean =>
  request.isNavigationRequest() && request.resourceType().toLowerCase() === 'document'

/** Whether it is for the page's own: until the document has come, its frame is where the page is. */
const isOfPage = (request: Request, page: Page): boolean => request.frame().url() === page.url()

/** What the page's own script told in a line, and the text of it; the kind is empty where the line is the page's own. */
const markIn = (line: string): [kind: string, text: string] => {
  if (!line.startsWith(MARK)) return ['', line]
  const at = line.indexOf(' ')
  return [line.slice(MARK.length, at), line.slice(at + 1)]
}
