import { join } from 'node:path'
import { checkOut, targetLog, type AbSide, type Checkout, type TargetLog } from '../run/index.ts'
import type { SideName } from '../verdict/index.ts'
import type { PlannedSide } from './abPlan.ts'

/** What making targets ready needs. */
export interface ReadyInputs {
  /** The folder of the test, for logs. */
  readonly folder: string
  readonly build: string | undefined
  /** Milliseconds until a target that was started answers. */
  readonly patienceMs: number
  readonly stopped: AbortSignal
  readonly say: (line: string) => void
}

/**
 * Checks commits out and builds them, opens the logs, does the work, and removes the checkouts again, however it ended.
 * Each side's target is started by the runs themselves.
 */
export async function readySides<T>(
  planned: Readonly<Record<SideName, PlannedSide>>,
  { folder, build, patienceMs, stopped, say }: ReadyInputs,
  work: (sides: Record<SideName, AbSide>) => Promise<T>,
): Promise<T> {
  const checkouts = new Map<string, Checkout>()
  const logs: TargetLog[] = []
  const ready = async (side: SideName): Promise<AbSide> => {
    const { plan, faults, start } = planned[side]
    if (start === undefined) return { plan, faults }
    const { commit, command, url, port } = start
    let cwd = process.cwd()
    if (commit !== undefined) {
      say(`${side}: checking out ${commit.slice(0, 12)}${build === undefined ? '' : `, and ${build}`}`)
      const made =
        checkouts.get(commit) ??
        (await checkOut(commit, { build, log: join(folder, `${side}-build.log`), signal: stopped }))
      checkouts.set(commit, made)
      cwd = made.folder
    }
    const log = targetLog(join(folder, `${side}.log`))
    logs.push(log)
    const target = { side, command, cwd, url, patienceMs, env: { PORT: String(port) } }
    return { plan, faults, start: { target, log } }
  }
  try {
    return await work({ base: await ready('base'), candidate: await ready('candidate') })
  } finally {
    for (const log of logs) await log.close()
    for (const checkout of checkouts.values()) await checkout.remove()
  }
}
