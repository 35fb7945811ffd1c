import { eachLine, unpacked } from './lines.ts'
import { readEntry } from './readEntry.ts'

const MAX_LINES = 50

/** Whether a file is an access log: one in five of its first lines is a request. Throws as `open` does. */
export async function isLog(path: string): Promise<boolean> {
  let lines = 0
  let entries = 0
  await eachLine(await unpacked(path), (line) => {
    lines++
    if (readEntry(line) !== undefined) entries++
    return lines < MAX_LINES
  })
  return lines > 0 && entries * 5 >= lines
}
