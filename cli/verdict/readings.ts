import { sum } from '../../config/sum.ts'
import { LOG_FILE, SUMMARY_FILE } from '../base/index.ts'
import { logReader, withoutSpans, type ConsoleContent, type SummaryExport } from '../k6/index.ts'
import { problemOf, type Reason, type RunFolder } from '../record/index.ts'

/** What is kept of a script's own lines at most (characters): they are the author's, and as many as they want. */
const MAX_OWN_CHARACTERS = 64 * 1024 * 1024

/** What k6's log of a run holds, without spans: they are most of it. `cut` says that it was more than is kept (MiB). */
export async function readLog(folder: RunFolder): Promise<{ console: ConsoleContent; cut?: number }> {
  const { line, content } = logReader()
  let [own, cut] = [0, false]
  const take = (whole: string): void => {
    if (line(whole) !== 'own') return
    own += whole.length
    cut ||= own > MAX_OWN_CHARACTERS
    if (cut) content.own.pop()
  }
  let rest = ''
  try {
    for await (const part of withoutSpans(folder.stream(LOG_FILE))) {
      const lines = (rest + part).split('\n')
      rest = lines.pop() ?? ''
      for (const each of lines) take(each)
    }
    take(rest)
  } catch {
    // There is no log where k6 was never started.
  }
  return { console: content, ...(cut ? { cut: MAX_OWN_CHARACTERS >> 20 } : {}) }
}

/** That a script wrote more than is read of it (MiB), as a problem of the record. */
export const cutLog = (most: number | undefined): Reason[] =>
  most === undefined
    ? []
    : [
        problemOf(
          'log-too-long',
          `the script wrote more than ${most} MiB on its console: lines after that are in ${LOG_FILE} alone`,
          { mebibytes: most },
        ),
      ]

/** What k6's outputs said beside the recorder's, as problems of the record: samples may be missing where they were to go. */
export const failedOutputs = ({ said }: ConsoleContent): Reason[] =>
  said
    .filter(({ output }) => output)
    .map(({ text, count }) =>
      problemOf('output-failed', `k6’s output: ${text}${count === 1 ? '' : ` (${count} times)`}`, {
        said: text,
        count,
      }),
    )

/** k6's words for a push that nobody took. */
const NOT_SENT = 'Failed to send the time series data to the endpoint'

/** k6's words for the push at its very end, which it does not send again. */
const END_NOT_SENT = 'marking time series as stale failed'

/** Pushes that k6 could not send, as a problem of the record: values are cumulative, so a later push has them, but for the last. */
export function unsentPushes({ said }: ConsoleContent): Reason[] {
  const times = sum(said.filter(({ text }) => text.startsWith(NOT_SENT)).map(({ count }) => count))
  if (times === 0) return []
  const isAtEnd = said.some(({ text }) => text.includes(END_NOT_SENT))
  return [
    problemOf(
      'push-not-sent',
      `k6 could not push ${times === 1 ? 'once' : `${times} times`}${
        isAtEnd
          ? ', nor at its end: what it measured last is missing in charts and histograms'
          : ': its later pushes have what was missed, and charts are coarser there'
      }`,
      { times },
    ),
  ]
}

/** k6's end-of-test summary; undefined if missing or incomplete. */
export async function readSummary(
  folder: RunFolder,
  file = SUMMARY_FILE,
): Promise<SummaryExport | undefined> {
  try {
    const { metrics = {}, root_group } = JSON.parse(await folder.text(file)) as Partial<SummaryExport>
    return { metrics, ...(root_group ? { root_group } : {}) }
  } catch {
    return undefined
  }
}
