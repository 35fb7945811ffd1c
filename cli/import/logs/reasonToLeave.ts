import { STATIC_PATH } from '../staticPath.ts'
import type { LogEntry } from './entry.ts'

const SAFE = new Set(['GET', 'HEAD'])
const HEALTH =
  /^\/(?:(?:_|-\/)?(?:health(?:z|-?check)?|ready(?:z)?|live(?:z|ness)?|readiness|ping|metrics)|actuator|nginx_status|server-status)(?:\/|$)|\/(?:healthz|health-?check)$/i
const MONITOR =
  /kube-probe|googlehc|elb-healthchecker|prometheus|blackbox|pingdom|uptimerobot|statuscake|datadog|newrelic|synthetic|consul|envoy\/hc/i
const BOT = /bot\b|bot\/|crawl|spider|slurp|facebookexternalhit|bingpreview|archiver|scrapy|headless/i
const LOAD = /\bk6\/|locust|gatling|jmeter|artillery|vegeta|\bwrk\b|apachebench/i

/** Whether a request can be sent again as it was: a log has no bodies. */
export const isReplayable = (method: string): boolean => SAFE.has(method)

/** Why a request does not count as one of a user; undefined where it does. */
export function reasonToLeave({ method, status, agent }: LogEntry, path: string): string | undefined {
  if (method === 'OPTIONS' || method === 'CONNECT' || method === 'TRACE')
    return 'pre-flights and proxies (OPTIONS, CONNECT, TRACE)'
  if (HEALTH.test(path) || MONITOR.test(agent)) return 'health checks and monitors'
  if (BOT.test(agent)) return 'crawlers and bots'
  if (LOAD.test(agent)) return 'load tests'
  if (STATIC_PATH.test(path)) return 'static files'
  if (status === 101) return 'connections that became sockets'
  if (status >= 400 && status < 500) return 'requests that were answered 4xx'
  return undefined
}
