import { UserError } from '../../base/index.ts'
import type { MonitorAccess } from './access.ts'

/** A refusal of the API, with its status; 0 where it did not answer. */
export interface ApiRefusal {
  status: number
  /** The API's explanation, in one line. */
  said: string
}

/** The UserError for a refusal: `what` was refused, by whom and why, and what to do. */
export function refusalOf(
  { url }: Pick<MonitorAccess, 'url'>,
  what: string,
  { status, said }: ApiRefusal,
): UserError {
  const detail = said === '' ? '' : `: ${said}`
  const advice: Readonly<Record<number, string>> = {
    0: `${what}: ${url} ${said}. Is GRAFANA_SM_URL right?`,
    401: `${what}: the access token is not accepted (401${detail}). It is wrong or revoked, or GRAFANA_SM_URL (${url}) is the API of another region`,
    403: `${what}: the access token may not do that (403${detail})`,
    429: `${what}: too many requests (429${detail}). Try again in a minute`,
  }
  const text =
    advice[status] ??
    (status >= 500
      ? `${what}: the API failed (${status}${detail}). Try again later`
      : `${what}: the API refused it (${status}${detail})`)
  return new UserError(text)
}
