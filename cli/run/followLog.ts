import { delay, printable, truncate } from '../base/index.ts'
import { abortOf, instanceOfLine, logReader } from '../k6/index.ts'
import { followFile } from '../telemetry/index.ts'
import { exceptionText, ofLog, type Locate } from '../verdict/index.ts'

/** Milliseconds between two looks at the log; k6 writes it once a second. */
const INTERVAL_MS = 250
/** Different texts that are shown; the record has more. */
const MAX_TEXTS = 10
/** Characters of a text that are shown. */
const MAX_CHARACTERS = 300

/** k6's own screen says these, or the verdict does in better words. */
const KNOWN =
  /^thresholds on metrics|^Error executing setup|^test (run was )?marked as failed|overrode scenarios configuration entirely|^No script iterations fully finished/

/** What several instances say where loadwright itself ends them. */
const ENDED_BY_US = /^test run (was aborted because k6 received an? '|stopped from REST API)/

/** A log, the bundle that k6 runs with what tells its places, and where lines go. */
interface Following {
  file: string
  bundle: string
  locate: Locate | undefined
  say: (line: string) => void
}

/**
 * Says k6's warnings and errors, and what scripts throw, while k6 writes them into its log: each text once, and not
 * more than a few. `close` waits for what was written by then.
 */
export function followLog({ file, bundle, locate, say }: Following): { close: () => Promise<void> } {
  const tail = followFile(file)
  const { line, content } = logReader()
  let [shown, ended] = [0, false]
  const tell = (level: string, text: string, instance: string | undefined): void => {
    if (KNOWN.test(text) || abortOf(text) || (instance !== undefined && ENDED_BY_US.test(text))) return
    shown++
    if (shown <= MAX_TEXTS)
      say(`${clearing()}k6${instance === undefined ? '' : ` (instance ${instance})`} ${level}: ${cut(text)}`)
    else if (shown === MAX_TEXTS + 1) say(`${clearing()}k6 says more: see ${file}`)
  }
  const take = (lines: readonly string[]): void => {
    for (const each of lines) {
      const kind = line(each)
      if (kind === 'said') {
        const { level = '', text = '' } = content.said.at(-1) ?? {}
        tell(level, text, instanceOfLine(each))
      } else if (kind === 'thrown') {
        const thrown = content.thrown.at(-1)
        if (thrown) tell('error', exceptionText(ofLog(thrown, { bundle, locate })), instanceOfLine(each))
      }
    }
    // Only what k6 says is asked for here: the rest would grow with the run.
    for (const list of [content.failures, content.own, content.rows]) list.length = 0
  }
  const work = (async (): Promise<void> => {
    for (;;) {
      const last = ended
      for (let lines = await tail.next(); lines; lines = await tail.next()) take(lines)
      if (last) return
      await delay(INTERVAL_MS)
    }
  })().catch(() => undefined)
  return {
    async close() {
      ended = true
      await work
      await tail.close()
    },
  }
}

const cut = (text: string): string => {
  const line = text.slice(0, 2 * MAX_CHARACTERS).replace(/\s+/g, ' ')
  return truncate(printable(line.trim()), MAX_CHARACTERS)
}

/** k6 leaves the cursor where its progress bars begin, and draws them anew: what lies there goes first. */
const clearing = (): string => (process.stdout.isTTY && process.stderr.isTTY ? '\r\u001b[J' : '')
