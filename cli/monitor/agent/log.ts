import { open } from 'node:fs/promises'
import { readLogfmt, type LogfmtFields } from '../../check/index.ts'
import { LINE_BYTES, LOG_BYTES } from '../../project/index.ts'

/** How k6 begins the line of a promise that was rejected and not caught; it has no other mark. */
export const PROMISE = 'Uncaught (in promise)'

/** What the agent reads of k6's log. */
export interface AgentLog {
  /** The lines that are sent to Loki, in order. */
  lines: LogfmtFields[]
  /** What the agent takes for a failure of the script: an exception that k6 has logged, or a promise nobody caught. */
  failure?: { kind: 'exception' | 'promise'; text: string }
  /** Why the log cannot be read to its end: the check is down, and its metrics are not published. */
  unreadable?: string
  /** Bytes of the whole log. */
  bytes: number
  /** Whether there is more than the agent reads. */
  truncated: boolean
}

/** The beginning of a file that an agent reads, cut at its last whole line, and the file's size. A missing file is empty. */
export async function readBeginning(
  path: string,
  limit: number = LOG_BYTES,
): Promise<{ text: string; bytes: number }> {
  const file = await open(path).catch(() => undefined)
  if (!file) return { text: '', bytes: 0 }
  try {
    const { size } = await file.stat()
    const buffer = Buffer.alloc(Math.min(limit, size))
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
    return { text: wholeLines(buffer.subarray(0, bytesRead), size > limit), bytes: size }
  } finally {
    await file.close()
  }
}

const wholeLines = (buffer: Buffer, isCut: boolean): string =>
  buffer.subarray(0, isCut ? buffer.lastIndexOf('\n') + 1 : buffer.length).toString()

/** Reads a log as the agent does: `text` is what it keeps of it, `bytes` the size of the whole. */
export function readAgentLog({ text, bytes }: { text: string; bytes: number }): AgentLog {
  const log: AgentLog = { lines: [], bytes, truncated: bytes > LOG_BYTES }
  for (const [index, line] of text.split('\n').entries()) {
    const unreadable = tooLong(line) ?? addLine(log, line)
    if (unreadable !== undefined)
      return { ...log, unreadable: `line ${index + 1} of the log has ${unreadable}` }
  }
  return log
}

const tooLong = (line: string): string | undefined =>
  Buffer.byteLength(line) > LINE_BYTES ? `more than ${LINE_BYTES} bytes` : undefined

/** Adds a line to what was read; returns why it cannot be read, if it cannot. */
function addLine(log: AgentLog, line: string): string | undefined {
  const read = readLogfmt(line)
  if ('problem' in read) return read.problem
  const { fields } = read
  const { level, source = '', msg = '' } = fields
  if (level === 'error' && source === 'stacktrace') log.failure ??= { kind: 'exception', text: msg }
  if (level === 'error' && msg.startsWith(PROMISE)) log.failure ??= { kind: 'promise', text: msg }
  if (Object.keys(fields).length > 0 && !(level === 'debug' && source === '')) log.lines.push(fields)
  return undefined
}
