import { join } from 'node:path'
import { openPushLog, PUSHES_FOLDER, type PushLog } from '../../record/index.ts'

/** A log of pushes in a folder that goes on in the one of `elsewhere` where the disk takes nothing more. */
export async function openMovingLog(
  folder: string,
  elsewhere: (() => Promise<string | undefined>) | undefined,
): Promise<PushLog> {
  const first = await openPushLog(folder)
  let log = first
  let moving: Promise<PushLog | undefined> | undefined
  const move = async (): Promise<PushLog | undefined> => {
    const other = await elsewhere?.()
    if (other === undefined) return undefined
    log = await openPushLog(join(other, PUSHES_FOLDER))
    await first.close()
    return log
  }
  return {
    async append(body) {
      const own = log
      try {
        await own.append(body)
      } catch (error) {
        const other = await (moving ??= move())
        if (other === undefined || other === own) throw error
        await other.append(body)
      }
    },
    rotate: () => log.rotate(),
    close: () => log.close(),
  }
}
