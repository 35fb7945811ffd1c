import pc from 'picocolors'
import { formatDuration } from '../../../config/duration.ts'
import { kib, printable } from '../../base/index.ts'
import { sixDecimals, type LogfmtFields } from '../../check/index.ts'
import { LOG_BYTES, METRICS_BYTES } from '../../project/index.ts'
import type { Observation } from './observe.ts'
import type { PreparedCheck } from './prepare.ts'
import { metricName, type AgentSeries } from './registry.ts'

const MAX_LINES = 20
const MAX_CHARACTERS = 240

/** What an execution came to, as a word of a person. */
export function levelWord({ up, dropped }: Pick<Observation, 'up' | 'dropped'>): string {
  return dropped ? 'no data' : up ? 'up' : 'down'
}

/** An execution as text for a terminal. */
export function agentText(
  prepared: Omit<PreparedCheck, 'timeout' | 'secrets'>,
  seen: Observation,
  timeout: number,
): string {
  const { reasons, warnings, duration, took, k6, exit, series, metricsBytes, logBytes } = seen
  const lines = worthReading(seen.logs)
  return [
    `${paint(seen)(levelWord(seen).toUpperCase())}  ${printable([prepared.name, prepared.target].filter(Boolean).join(' · '))}`,
    ...reasons.map((reason) => `  ${printable(reason)}`),
    ...warnings.map((warning) => `  ${pc.yellow('beware:')} ${printable(warning)}`),
    '',
    `duration   ${seconds(duration)}; k6 took ${seconds(took)} of ${formatDuration(timeout)}`,
    `k6         ${k6}: ${exit}`,
    `published  ${series.length} series; metrics ${kib(metricsBytes)} of ${METRICS_BYTES / 1024} KiB`,
    `log        ${kib(logBytes)} of ${LOG_BYTES / 1024} KiB${lines.length === 0 ? '' : '; in Loki a person finds'}`,
    ...lines.map((line) => `  ${lineText(line)}`),
    `bundle     ${kib(Buffer.byteLength(prepared.code))}, SHA-256 ${prepared.sha256}`,
    ...(prepared.baked.length === 0 ? [] : [`baked      ${printable(prepared.baked.join(' '))}`]),
  ].join('\n')
}

/** An execution as one line of several. */
export function lineOfMany(seen: Observation, index: number, many: number): string {
  const { duration, series, reasons } = seen
  const count = `${String(index).padStart(String(many).length)}/${many}`
  const why = reasons.length === 0 ? '' : `  ${printable(reasons.join('; '))}`
  return `${count}  ${paint(seen)(levelWord(seen))}  ${seconds(duration)}  ${series.length} series${why}`
}

/** The share of executions that were up, from 0 to 1; one that left no data was not. */
export function availability(all: readonly Pick<Observation, 'up' | 'dropped'>[]): number {
  return all.filter(({ up, dropped }) => up && !dropped).length / all.length
}

/** Series as Prometheus writes them, sorted. */
export function agentSeriesText(series: readonly AgentSeries[]): string {
  return series
    .map((one) => `${printable(metricName(one))} ${sixDecimals(one.value)}`)
    .sort()
    .join('\n')
}

/** An execution as JSON; durations in seconds. */
export function agentJson(
  prepared: Omit<PreparedCheck, 'timeout' | 'secrets'>,
  seen: Observation,
  timeout: number,
  listed: boolean,
): object {
  const { series, logs, exit, exitCode = null, ...others } = seen
  return {
    suite: prepared.name,
    target: prepared.target ?? null,
    ...others,
    exitCode,
    exit,
    timeout: timeout / 1000,
    series: series.length,
    bytes: Buffer.byteLength(prepared.code),
    sha256: prepared.sha256,
    baked: prepared.baked,
    logs: worthReading(logs),
    ...(listed ? { published: series } : {}),
  }
}

/** The last lines that a person would look for: what the script wrote, warnings, errors, checks that did not hold. */
function worthReading(logs: readonly LogfmtFields[]): LogfmtFields[] {
  return logs
    .filter(({ level = '', source = '', msg, value }) =>
      msg === 'check result' ? value !== '1' : source !== '' || !['debug', 'info'].includes(level),
    )
    .slice(-MAX_LINES)
}

function lineText({ level = '', msg = '', ...others }: LogfmtFields): string {
  const { time: _time, source: _source, ...more } = others
  const text =
    msg === 'check result' ? [msg, ...Object.entries(more).map((pair) => pair.join('='))].join(' ') : msg
  const short = text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text
  return `${pc.dim(level.padEnd(7))} ${printable(short.replace(/\s*\n\s*/g, ' ').trim())}`
}

const paint = ({ up, dropped }: Pick<Observation, 'up' | 'dropped'>): ((text: string) => string) => {
  const colour = dropped ? pc.magenta : up ? pc.green : pc.red
  return (text) => pc.bold(colour(text))
}

const seconds = (value: number): string => `${value.toFixed(2)} s`
