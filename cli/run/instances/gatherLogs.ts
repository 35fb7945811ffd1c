import { open, rm } from 'node:fs/promises'
import { delay } from '../../base/index.ts'
import { followFile } from '../../telemetry/index.ts'

/** The logs of several k6 as one. */
export interface GatheredLogs {
  /** Writes a line as k6 would, with further fields. */
  say(level: string, message: string, fields?: string): Promise<void>
  /** Takes what was written by then, and removes the instances' own logs, whose every line is in the whole one. */
  close(): Promise<void>
}

/** The fields of a line that tells why `setup` failed, as k6 writes it where it runs `setup` itself. */
export const thrownFields = (words: string): string =>
  words.startsWith('test aborted') ? '' : ' source=stacktrace'

/** A line as k6 writes it to its log, with further fields. */
export const logLine = (level: string, message: string, fields = ''): string =>
  `time="${new Date().toISOString().slice(0, 19)}Z" level=${level} msg=${JSON.stringify(message)}${fields}\n`

/** Milliseconds between two looks; k6 writes its log once a second. */
const INTERVAL_MS = 200

/**
 * Gathers the lines of the instances' logs in one file as they come, each with its instance at its end, as a field of
 * k6's log. Where the file cannot be written, the instances' own logs stay.
 */
export async function gatherLogs(
  logs: readonly { id: string; file: string }[],
  into: string,
): Promise<GatheredLogs> {
  const file = await open(into, 'a', 0o600)
  const tails = logs.map(({ id, file }) => ({ id, tail: followFile(file) }))
  let [ended, failed] = [false, false]
  const write = async (text: string): Promise<void> => {
    await file.appendFile(text).catch(() => (failed = true))
  }
  const work = (async (): Promise<void> => {
    for (;;) {
      const last = ended
      for (const { id, tail } of tails)
        for (let lines = await tail.next(); lines; lines = await tail.next())
          if (lines.length > 0)
            await write(lines.map((line) => (line === '' ? '\n' : `${line} instance_id=${id}\n`)).join(''))
      if (last) return
      await delay(INTERVAL_MS)
    }
  })().catch(() => {
    failed = true
  })
  return {
    say: (level, message, fields) => write(logLine(level, message, fields)),
    async close() {
      ended = true
      await work
      await Promise.all([file.close(), ...tails.map(({ tail }) => tail.close())])
      if (!failed) await Promise.all(logs.map(({ file }) => rm(file, { force: true })))
    },
  }
}
