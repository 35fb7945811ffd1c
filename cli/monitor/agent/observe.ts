import { createReadStream } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { kib } from '../../base/index.ts'
import {
  AGENT_LABELS,
  checkLines,
  cutText,
  outputOf,
  samplesOf,
  type Cut,
  type LogfmtFields,
  type AgentOutput,
} from '../../check/index.ts'
import { LOG_BYTES, METRICS_BYTES } from '../../project/index.ts'
import type { Files } from './command.ts'
import { execute, type Order } from './execute.ts'
import { exitWords, isRunnersOwn, isComplete } from './exitWords.ts'
import { judgePass, type AgentJudgement } from './judge.ts'
import { readBeginning, readAgentLog, type AgentLog } from './log.ts'
import { register } from './registry.ts'

/** One execution as the agent sees it. */
export interface Observation extends AgentJudgement {
  /** What Grafana shows as the check's duration (seconds): the script's; where it never ran, the whole process. */
  duration: number
  /** From the start of k6's process to its end (seconds), which is what the timeout counts. */
  took: number
  exitCode?: number
  /** The version of k6, as it prints it. */
  k6: string
  /** How k6 ended, in words. */
  exit: string
  killed: boolean
  /** What will not be as it looks, though the check may be up. */
  warnings: string[]
  /** Bytes of k6's log and of the metrics' text, before they are cut. */
  logBytes: number
  metricsBytes: number
  /** Lines that are sent to Loki. */
  logs: LogfmtFields[]
}

/** Executes a script as the monitoring agent does, and judges it by the agent's rules. */
export async function observe(order: Order): Promise<Observation> {
  const left = await execute(order)
  const { exit, files, took, scriptSeconds } = left
  const output =
    isComplete(exit) && scriptSeconds !== undefined
      ? await outputOf(samplesOf(linesOf(files.samples)), scriptSeconds)
      : { series: [], checks: [], coinciding: [] }
  const log = await logOf(files, output)
  const cut = cutText(output.series)
  const judged = judgePass({ exit, timeout: order.timeout, log, metrics: register(cut.read) })
  const seconds = judged.series.length > 0 && scriptSeconds !== undefined ? scriptSeconds : took / 1000
  return {
    ...judged,
    duration: Math.round(seconds * 1000) / 1000,
    took: Math.round(took) / 1000,
    ...(exit.code !== undefined && { exitCode: exit.code }),
    k6: order.engine.version,
    exit: exitWords(exit),
    killed: exit.killed,
    warnings: warningsOf(output, cut, log),
    logBytes: log.bytes,
    metricsBytes: cut.bytes,
    logs: isRunnersOwn(exit) ? [] : [...log.lines.filter(isAgents), ...notices(log, cut)],
  }
}

const linesOf = (path: string): AsyncIterable<string> => createInterface({ input: createReadStream(path) })

/** The log as the agent's k6 would have written it, with a line for each check; the script is named by its file alone. */
async function logOf({ log, script }: Files, { checks }: AgentOutput): Promise<AgentLog> {
  await appendFile(log, checkLines(checks))
  const read = readAgentLog(await readBeginning(log))
  const plain = (text: string): string =>
    text
      .replaceAll(`file://${script}`, SCRIPT)
      .replaceAll(basename(script), SCRIPT)
      .replaceAll(`${dirname(script)}/`, '')
  const lines = read.lines.map((line) => (line.msg === undefined ? line : { ...line, msg: plain(line.msg) }))
  const { failure } = read
  return { ...read, lines, ...(failure && { failure: { ...failure, text: plain(failure.text) } }) }
}

/** What stands for the script's name of digits. */
const SCRIPT = 'script.js'

/** Lines that k6 writes about the output that stands in for the agent's. */
const isAgents = ({ output }: LogfmtFields): boolean => output !== 'json'

/** The lines that the agent adds where it cuts. */
function notices(log: AgentLog, { cut }: Cut): LogfmtFields[] {
  const notice = (what: string, bytes: number): LogfmtFields => ({
    level: 'error',
    msg: `${what} output truncated at ${bytes} bytes`,
  })
  return [
    ...(log.truncated ? [notice('Log', LOG_BYTES)] : []),
    ...(cut > 0 ? [notice('Metrics', METRICS_BYTES)] : []),
  ]
}

function warningsOf({ series, coinciding }: AgentOutput, { cut, bytes }: Cut, log: AgentLog): string[] {
  const own = AGENT_LABELS.filter((label) => series.some(({ tags }) => Object.hasOwn(tags, label)))
  return [
    ...(cut === 0
      ? []
      : [
          `${cut} of ${series.length} series are cut off, and chance decides which: the metrics have ${kib(bytes)}, the agent reads ${kib(METRICS_BYTES)}. Name fewer requests and checks, or give them fewer tags`,
        ]),
    ...(log.truncated
      ? [
          `the log has ${kib(log.bytes)}, the agent reads ${kib(LOG_BYTES)}: an exception after that is not seen. Write less on the console`,
        ]
      : []),
    ...(coinciding.length === 0
      ? []
      : [
          `some series of ${coinciding.join(', ')} become equal, and chance decides which of them is published: tags error, error_code, expected_response are taken away, and phase is overwritten`,
        ]),
    ...own.map((label) => `tag ${label}: the check’s own label of this name takes its place`),
  ]
}
