import { errorPage } from './pages/error.ts'
import type { LayoutView } from './pages/layout.ts'

/** An answer of the shop; `failed` is the service behind it that refused. */
export interface ShopReply {
  readonly status: number
  readonly type?: string
  readonly body: string
  readonly location?: string
  readonly cookies?: readonly string[]
  readonly failed?: string
}

const HTML = 'text/html; charset=utf-8'
const TEXT = 'text/plain; charset=utf-8'

/** A page. */
export const htmlReply = (body: string, status = 200): ShopReply => ({ status, type: HTML, body })

/** Plain text. */
export const textReply = (body: string, status = 200): ShopReply => ({ status, type: TEXT, body })

/** A redirect without a body. */
export const redirectReply = (location: string, status = 302): ShopReply => ({ status, location, body: '' })

/** No body at all. */
export const bare = (status: number): ShopReply => ({ status, body: '' })

/** The answer to an unknown route. */
export const notFound = (): ShopReply => textReply('404 page not found\n', 404)

/** The error page for a broken form. */
export const invalid = (view: LayoutView, problems: readonly string[]): ShopReply =>
  htmlReply(errorPage(view, 422, problems), 422)

/** The error page for a failure of `service`; `lines` is the error, innermost first. */
export function failure(view: LayoutView, service: string, lines: readonly string[]): ShopReply {
  return { ...htmlReply(errorPage(view, 500, lines), 500), failed: service }
}
