import { errorPage } from './pages/error.ts'
import type { View } from './pages/layout.ts'

/** An answer of the shop; `failed` is the service behind it that refused. */
export interface Reply {
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
export const html = (body: string, status = 200): Reply => ({ status, type: HTML, body })

/** Plain text. */
export const text = (body: string, status = 200): Reply => ({ status, type: TEXT, body })

/** A redirect without a body. */
export const redirect = (location: string, status = 302): Reply => ({ status, location, body: '' })

/** No body at all. */
export const bare = (status: number): Reply => ({ status, body: '' })

/** The answer to an unknown route. */
export const notFound = (): Reply => text('404 page not found\n', 404)

/** The error page for a broken form. */
export const invalid = (view: View, problems: readonly string[]): Reply =>
  html(errorPage(view, 422, problems), 422)

/** The error page for a failure of `service`; `lines` is the error, innermost first. */
export function failure(view: View, service: string, lines: readonly string[]): Reply {
  return { ...html(errorPage(view, 500, lines), 500), failed: service }
}
