import { endsSession } from '../sessionEnd.ts'
import { STATIC_PATH } from '../staticPath.ts'
import { saysChange } from './changing.ts'
import type { LogEntry } from './entry.ts'

const SAFE = new Set(['GET', 'HEAD'])
const HEALTH =
  /^\/(?:(?:_|-\/)?(?:health(?:z|-?check)?|ready(?:z)?|live(?:z|ness)?|readiness|ping|metrics)|actuator|nginx_status|server-status)(?:\/|$)|\/(?:healthz|health-?check)$/i
const MONITOR =
  /kube-probe|googlehc|elb-healthchecker|prometheus|blackbox|pingdom|uptimerobot|statuscake|datadog|newrelic|synthetic|consul|envoy\/hc/i
const BOT = /bot\b|bot\/|crawl|spider|slurp|facebookexternalhit|bingpreview|archiver|scrapy|headless/i
const LOAD = /\bk6\/|locust|gatling|jmeter|artillery|vegeta|\bwrk\b|apachebench/i

/** What looks for weak places of any site, by its address and by its agent. */
const PROBE =
  /^\/+(?:\.(?!well-known\/)\w|(?:wp-(?:login|admin|includes|config)|xmlrpc|phpmyadmin|pma|cgi-bin|boaform|hnap1|_ignition|phpunit)\b)|\/(?:vendor\/phpunit|\.(?:env|git|svn|aws|ssh)\b)|\/(?:etc\/passwd|proc\/self)|(?:\.\.|%2e%2e)(?:\/|%2f|\\|%5c)|\$(?:\{|%7b)jndi|<script|%3cscript|union(?:\+|%20|\s)+(?:all(?:\+|%20|\s)+)?select/i
const SCANNER =
  /nikto|sqlmap|\bnmap|masscan|zgrab|nuclei|censys|expanse|gobuster|dirbuster|wpscan|acunetix|nessus/i
/** Whether a request by this method has no body. */
export const isSafe = (method: string): boolean => SAFE.has(method)

/** Why a request can not be sent again as it was; undefined where it can: a log has no bodies. */
export function whyNotAgain(method: string, path: string): string | undefined {
  if (!isSafe(method))
    return 'their bodies are not known: write a journey for them, or send them without by --include'
  const word = path
    .split('/')
    .find((part) => part.startsWith('?') || endsSession(part) || saysChange(part.replace(/\.\w+$/, '')))
  return word === undefined
    ? undefined
    : `"${word}" says that it changes something: write a journey for it, or keep it by --include`
}

/** Why a request does not count as one of a user; undefined where it does. */
export function reasonToLeave({ method, status, agent, target }: LogEntry, path: string): string | undefined {
  if (method === 'OPTIONS' || method === 'CONNECT' || method === 'TRACE')
    return 'pre-flights and proxies (OPTIONS, CONNECT, TRACE)'
  if (HEALTH.test(path) || MONITOR.test(agent)) return 'health checks and monitors'
  if (BOT.test(agent)) return 'crawlers and bots'
  if (LOAD.test(agent)) return 'load tests'
  if (PROBE.test(target.replace(/^https?:\/\/[^/?#]*/i, '')) || SCANNER.test(agent))
    return 'scanners, which look for weak places of any site (/.env, /wp-login.php)'
  if (STATIC_PATH.test(path)) return 'static files'
  if (status === 101) return 'connections that became sockets'
  if (status >= 400 && status < 500) return 'requests that were answered 4xx'
  return undefined
}
