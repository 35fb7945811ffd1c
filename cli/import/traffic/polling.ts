import { isRecord } from '../studio/raw.ts'
import type { Exchange } from './exchange.ts'
import type { Until } from './polled.ts'
import { readJson } from './readJson.ts'

/** Of so few requests only a field that says so is what is waited for. */
const FEW = 2
/** Names of fields that say how far something is. */
const STATE = /(?:^|\.)(?:\w*_?(?:status|state|phase|stage)|done|ready|completed?|finished|processed)$/i
const MAX_FIELDS = 500

/** Requests without those that were sent again until their answer was another: each with its last answer. */
export function foldPolls(all: readonly Exchange[]): Exchange[] {
  const kept: Exchange[] = []
  for (let at = 0; at < all.length; at++) {
    const first = all[at] as Exchange
    let end = at + 1
    while (isAgain(first, all[end])) end++
    const run = all.slice(at, end)
    const until = run.length < FEW ? undefined : untilOf(run)
    const last = run.at(-1)
    if (until === undefined || last === undefined) {
      kept.push(first)
      continue
    }
    const seconds = (last.at - first.at) / 1000 / (run.length - 1)
    const polled = { until, times: run.length, seconds: Math.max(0.5, Math.round(seconds * 2) / 2) }
    kept.push({ ...last, at: first.at, polled })
    at = end - 1
  }
  return kept
}

const isAgain = ({ method, url, kind }: Exchange, other: Exchange | undefined): boolean =>
  method === 'GET' && kind === 'data' && other?.method === 'GET' && other.url === url

/** What only the last answer has. */
function untilOf(run: readonly Exchange[]): Until | undefined {
  const statuses = run.map(({ answer }) => answer?.status ?? 0)
  const [status = 0] = statuses.slice(-1)
  if (statuses.slice(0, -1).every((one) => one !== status && one > 0) && status > 0) return { status }
  const fields = run.map(({ answer }) => fieldsOf(answer?.text))
  const [first = new Map<string, unknown>()] = fields
  const last = fields.at(-1) ?? first
  const changed = [...last].flatMap(([path, value]): { path: string; value: string | boolean }[] => {
    const same = fields.slice(0, -1).every((one) => one.get(path) === first.get(path) && one.has(path))
    const says =
      typeof value === 'boolean' || (typeof value === 'string' && /^[A-Za-z _-]{1,30}$/.test(value))
    return same && says && first.get(path) !== value ? [{ path, value }] : []
  })
  return changed.find(({ path }) => STATE.test(path)) ?? (run.length > FEW ? changed[0] : undefined)
}

/** Texts, numbers and truths of JSON by their paths. */
function fieldsOf(text: string | undefined): Map<string, unknown> {
  const fields = new Map<string, unknown>()
  const walk = (value: unknown, path: string): void => {
    if (fields.size >= MAX_FIELDS) return
    if (isRecord(value))
      for (const [name, own] of Object.entries(value)) {
        if (/^\w+$/.test(name)) walk(own, path === '' ? name : `${path}.${name}`)
      }
    else if (!Array.isArray(value) && path !== '') fields.set(path, value)
  }
  walk(readJson(text ?? ''), '')
  return fields
}
