import { logReader } from '../k6/index.ts'
import { diskFolder, type Recorder, type RunRecord } from '../record/index.ts'
import { htmlReport, type ReportData } from '../report/index.ts'
import { followFile } from '../telemetry/index.ts'
import { readMap } from '../verdict/index.ts'
import { startLive, type Live } from './live/index.ts'
import { soFar } from './soFar.ts'

/** Input of a page that follows a run. */
interface Followed {
  started: RunRecord
  /** Absent where nothing is recorded: the page then has no figures before the run's end. */
  recorder: Recorder | undefined
  /** The run's folder, and k6's log in it. */
  folder: string
  file: string
  /** What the run came to, once it has ended. */
  ended: () => ReportData | undefined
  say: (line: string) => void
}

/** Serves a page that follows a run; undefined where it cannot: a run does without its page, not without its record. */
export async function followOnPage({
  started,
  recorder,
  folder,
  file,
  ended,
  say,
}: Followed): Promise<Live | undefined> {
  const tail = followFile(file)
  const { line, content } = logReader()
  const located = readMap(diskFolder(folder))
  const read = async (): Promise<void> => {
    for (let lines = await tail.next(); lines; lines = await tail.next()) lines.forEach(line)
    for (const list of [content.own, content.rows]) list.length = 0
  }
  const data = async (): Promise<ReportData> => {
    const last = ended()
    if (last) return last
    await read()
    return recorder
      ? soFar(started, recorder, { ...content, locate: await located })
      : { record: started, live: {} }
  }
  try {
    const live = await startLive({ page: await htmlReport(await data(), { live: true }), data, say })
    say(`the run can be followed at ${live.url}`)
    return {
      ...live,
      close: async () => {
        await live.close()
        await tail.close()
      },
    }
  } catch (error) {
    say(`there is no live page: ${(error as Error).message}`)
    await tail.close()
    return undefined
  }
}
