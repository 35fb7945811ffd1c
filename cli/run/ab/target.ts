import { delay, truncate, UserError } from '../../base/index.ts'
import { request } from '../../base/http/index.ts'
import { runCommand, type RunningCommand, type ShellCommand } from './command.ts'
import type { TargetLog } from './targetLog.ts'

/** A target that a command starts. */
export interface TargetCommand extends ShellCommand {
  /** Of which side it is, for messages. */
  readonly side: string
  /** Where it answers. */
  readonly url: string
  /** Milliseconds until it has to answer. */
  readonly patienceMs: number
}

const LOOK_AGAIN_MS = 100
const TRY_MS = 2_000

/**
 * Starts a target and waits until it answers with a status below 500. Throws UserError where something else answers there
 * already, where the command ends, and where there is no answer in time; then nothing of it runs any more.
 */
export async function startTarget(
  target: TargetCommand,
  log: TargetLog,
  signal: AbortSignal,
): Promise<RunningCommand> {
  const { side, url, command, patienceMs } = target
  if ((await statusAt(url, signal)) > 0)
    throw new UserError(
      `${url}: something answers there before the command of the ${side} was started: end it first`,
    )
  const running = runCommand(target, log)
  try {
    const until = Date.now() + patienceMs
    for (;;) {
      signal.throwIfAborted()
      const end = running.end()
      if (end !== undefined)
        throw failed(`the command of the ${side} ended (${end}) before it answered at ${url}`, log)
      const status = await statusAt(url, signal)
      if (status > 0 && status < 500) return running
      if (Date.now() > until)
        throw failed(
          `the command of the ${side} did not answer at ${url} within ${patienceMs / 1000} s (${command})`,
          log,
        )
      await delay(LOOK_AGAIN_MS, signal)
    }
  } catch (error) {
    await running.stop()
    throw error
  }
}

const failed = (what: string, log: TargetLog): UserError => {
  const said = log.last()
  return new UserError(said === '' ? what : `${what}. The last that it said:\n${truncate(said, 1000)}`)
}

/** The status of an answer; 0 where there is none. */
const statusAt = async (url: string, signal: AbortSignal): Promise<number> =>
  (await request(url, { timeoutMs: TRY_MS, mostBytes: 0, signal })).status
