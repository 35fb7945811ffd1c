import type { BrowserContext, NewBrowserContextOptions, Page } from 'k6/browser'
import { deferred } from '../deferred/index.ts'
import { journey, type JourneyOptions } from '../journey.ts'
import type { Journey } from '../scenario.ts'
import { settings } from '../settings.ts'
import { goTo } from './goTo.ts'
import { browser } from './k6.ts'
import { listen, PROBE, takeLeave } from './listen.ts'
import { nameRequests, type PageNames } from './names.ts'
import { slowly } from './slowly.ts'
import { refuseLeft } from './step.ts'
import { setVisit, type PageProblem, type Visit } from './visit.ts'

/** What a journey in a browser may say of itself. */
export interface PageJourneyOptions extends JourneyOptions {
  /** The names of its pages: what is measured of one is tagged `name`, so that thresholds can mean it. */
  pages?: PageNames
  /** Whether a problem of a page fails no step: an error of a script that has always been there. */
  ignore?: (problem: PageProblem) => boolean
  /** k6's options of the browser's context: size, language, device. */
  context?: NewBrowserContextOptions
}

/**
 * Makes a journey in a browser: `body` gets a page of its own in each iteration, and is awaited. `page.goto` takes a path of
 * the target. Steps, checks, phases and the funnel are those of any journey.
 */
export const pageJourney = <Data = unknown>(
  name: string,
  body: (page: Page, data: Data) => Promise<unknown>,
  { pages = {}, ignore = () => false, context: about = {}, ...options }: PageJourneyOptions = {},
): Journey<NoInfer<Data>> => {
  if (__VU === 0) deferred().addTarget(settings().BASE_URL)
  const made = journey<Data>(
    name,
    async (data) => {
      const base = settings().BASE_URL
      const context = await browser.newContext({
        ...about,
        extraHTTPHeaders: { ...skipOf(base), ...about.extraHTTPHeaders },
      })
      try {
        await context.addInitScript(PROBE)
        await visited(context, { base, ignore, pages }, (page) => body(page, data))
      } finally {
        await closed(context)
      }
    },
    options,
  )
  // Rows are not tried before: a page that is broken is to be seen, with its picture.
  return Object.assign(made, { pools: [] })
}

/** Milliseconds that k6 may ask a page for its vitals at its end: one that waits for the next page does not answer. */
const CLOSE_MS = 2000

/** Opens a page for a body. k6 waits for ever for the end of a page that is listened to, if its context is closed first. */
const visited = async (
  context: BrowserContext,
  { pages, ...about }: Pick<Visit, 'base' | 'ignore'> & { pages: PageNames },
  body: (page: Page) => Promise<unknown>,
): Promise<void> => {
  const page = await context.newPage()
  const open: Visit = {
    ...about,
    page,
    problems: [],
    console: [],
    routes: new Set(),
    loaded: '',
    waiting: false,
  }
  try {
    setVisit(open)
    nameRequests(open, pages)
    listen(open)
    page.goto = goTo(open, page.goto.bind(page))
    if (__ENV.SLOW_MO) slowly(page, Number(__ENV.SLOW_MO))
    await body(page)
    await refuseLeft(open)
    await takeLeave(page)
  } finally {
    setVisit(undefined)
    if (open.waiting) page.setDefaultTimeout(CLOSE_MS)
    await closed(page)
  }
}

/** Closes a page or a context. That a browser which is gone cannot is no news: what failed before it was. */
const closed = (one: Page | BrowserContext): Promise<void> => one.close().catch(() => undefined)

/** A free ngrok tunnel shows a page of its own before that of the target. */
const skipOf = (base: string): Record<string, string> =>
  base.includes('.ngrok') ? { 'ngrok-skip-browser-warning': '1' } : {}
