import { escapeRegExp } from '../../config/escapeRegExp.ts'
import { THIRD_PARTY } from '../catalog.ts'
import type { Visit } from './visit.ts'

/** The names of a journey's pages, and the addresses that they have: `{ home: /\/$/, product: /\/product\// }`. */
export type PageNames = Readonly<Record<string, RegExp>>

/** The name of what a page of the target loads beside itself. */
export const STATIC = 'static files'
/** The name of what else the target is asked for: a page that has no name, data. */
export const OTHER = 'other'

/** What a file is that a page loads beside itself. */
const FILES = /\.(?:avif|css|gif|ico|jpe?g|js|json|map|mjs|png|svg|wasm|webp|woff2?)(?:[?#]|$)/i

/** The addresses of the target. */
export const targetPattern = ({ base }: Pick<Visit, 'base'>): RegExp =>
  new RegExp(`^${escapeRegExp(base)}(?:[/?#]|$)`)

/**
 * Names what the browser measures: k6 would tag each sample with its address, and each would be a series of its own. The
 * last rule that matches an address decides. Of an address that a script gave to a document, the document's own decides:
 * what k6 measures of that is told where the page is left.
 */
export const nameRequests = (open: Visit, pages: PageNames): void => {
  const ofTarget = targetPattern(open)
  const rules: readonly (readonly [name: string, url: RegExp])[] = [
    [THIRD_PARTY, /./],
    [OTHER, ofTarget],
    ...Object.entries(pages),
    [STATIC, new RegExp(`${ofTarget.source}.*${FILES.source}`, 'i')],
  ]
  const nameOf = (url: string): string => rules.findLast(([, pattern]) => pattern.test(url))?.[0] ?? OTHER
  open.page.on('metric', (metric) => {
    for (const [name, url] of rules) metric.tag({ name, matches: [{ url }] })
    if (open.routes.size === 0) return
    const name = nameOf(open.loaded)
    for (const route of open.routes)
      metric.tag({ name, matches: [{ url: new RegExp(`^${escapeRegExp(route)}$`) }] })
  })
}
