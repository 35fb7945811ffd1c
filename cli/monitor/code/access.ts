import { isLoopback } from '../../../config/url.ts'
import { UserError } from '../../base/index.ts'

/** Where a tenant's API is, and what opens it. The names of the variables are those of Grafana's Terraform provider. */
export interface MonitorAccess {
  /** Without `/api/v1`. */
  url: string
  token: string
}

/** Default URL of the API, the same as in Terraform's provider. */
export const DEFAULT_URL = 'https://synthetic-monitoring-api.grafana.net'

/** The API's URL from the environment. Throws UserError for what is none, or would send the token in the clear. */
export function apiUrl(env: NodeJS.ProcessEnv): string {
  const text = (env.GRAFANA_SM_URL ?? '').trim() || DEFAULT_URL
  const url = URL.canParse(text) ? new URL(text) : undefined
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? ''
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(host))
  if (!url || !secure || url.username !== '' || url.search !== '')
    throw new UserError(
      `GRAFANA_SM_URL is no https URL. Give the API's address of your region, such as ${DEFAULT_URL} (in Grafana: Testing & synthetics, Synthetics, Config)`,
    )
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '').replace(/\/api\/v1$/, '')
}

/** Access from the environment alone: a token is never a flag, which other processes see. Throws UserError without one. */
export function monitorAccess(env: NodeJS.ProcessEnv): MonitorAccess {
  const url = apiUrl(env)
  const token = (env.GRAFANA_SM_ACCESS_TOKEN ?? '').trim()
  if (token === '')
    throw new UserError(
      'there is no access token: set GRAFANA_SM_ACCESS_TOKEN (in Grafana: Testing & synthetics, Synthetics, Config, Access tokens), and GRAFANA_SM_URL if your region has another API',
    )
  // What no header can hold would be quoted by the error that says so.
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new UserError('GRAFANA_SM_ACCESS_TOKEN holds blanks or other characters that no token has')
  return { url, token }
}
