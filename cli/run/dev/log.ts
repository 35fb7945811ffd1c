import { readFile } from 'node:fs/promises'
import { isRecord } from '../../../config/problem/keys.ts'
import type { FailureEvent } from '../../../lib/catalog.ts'
import { parseJson } from '../../base/index.ts'
import { eventOf, readFailure, readPage, thrownOf, type Thrown } from '../../k6/index.ts'

/** A request and its answer as k6 sent and got them, heads and bodies. */
export interface Exchange {
  name: string
  journey?: string
  group: string
  request: string
  /** Undefined where none came. */
  response?: string
}

/** A failure as the engine reports it, and what this reads of it. */
export type LoggedFailure = Pick<
  FailureEvent,
  'kind' | 'what' | 'journey' | 'step' | 'request' | 'expected' | 'got' | 'stack'
>

/** What k6's log of a pass held. */
export interface DevLog {
  exchanges: Exchange[]
  failures: LoggedFailure[]
  /** Uncaught exceptions of the script. */
  thrown: Thrown[]
  /** Lines of the script's own, and k6's warnings and errors. */
  lines: { level: string; text: string }[]
}

type Entry = Readonly<Record<string, unknown>>
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Messages of k6 that are in every pass, and those that the report replaces. */
const NOISE = /overrode scenarios configuration entirely|^test (run was )?marked as failed/

/** Takes k6's log apart, one JSON object a line; what is none is left out. */
export function readDevLog(file: string): DevLog {
  const log: DevLog = { exchanges: [], failures: [], thrown: [], lines: [] }
  const open = new Map<string, Exchange>()
  for (const entry of entries(file)) {
    const [text, level] = [textOf(entry.msg), textOf(entry.level)]
    if (entry.source === 'http-debug') {
      addDump(log, open, entry, text)
      continue
    }
    const source = `${textOf(entry.source)}${entry.executor === undefined ? '' : ' executor='}`
    const thrown = thrownOf(level, withStack(text, entry.error), ` source=${source}`)
    if (thrown && entry.source !== 'console') {
      log.thrown.push(thrown)
      continue
    }
    const event = entry.source === 'console' ? eventOf(text) : undefined
    const failure = readFailure(event)
    const page = readPage(event)
    if (failure) log.failures.push(failure)
    else if (page)
      log.lines.push(...page.console.map((line) => ({ level: 'error', text: `${page.url}: ${line}` })))
    else if (entry.source === 'console' || (level !== 'info' && level !== 'debug' && !NOISE.test(text)))
      log.lines.push({ level, text: withStack(text, entry.error) })
  }
  return log
}

/** Reads a file's text; '' where it is not there. */
export async function textIn(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}

/** The JSON objects of a text, one a line. */
export function entries(text: string): Entry[] {
  return text.split('\n').map(parseJson).filter(isRecord)
}

function addDump(log: DevLog, open: Map<string, Exchange>, entry: Entry, text: string): void {
  const id = textOf(entry.request_id)
  const dump = text.replace(/^(Request|Response):\n/, '').replace(/\n$/, '')
  if (text.startsWith('Response:')) {
    const exchange = open.get(id)
    if (exchange) exchange.response = dump
    return
  }
  const journey = textOf(entry.journey)
  const exchange: Exchange = {
    name: textOf(entry.name),
    group: textOf(entry.group),
    request: dump,
    ...(journey === '' ? {} : { journey }),
  }
  open.set(id, exchange)
  log.exchanges.push(exchange)
}

/** An error of a script: its text has the stack in it; k6 puts some of them into a field of their own. */
function withStack(text: string, error: unknown): string {
  return typeof error === 'string' && !text.includes(error) ? `${text}: ${error}` : text
}
