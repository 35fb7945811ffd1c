import { delay } from '../../base/index.ts'
import { isOver, runSetup, runTeardown, shareSetup, stopLoad, type RestApi } from './restApi.ts'
import type { StartedInstance } from './startInstance.ts'

/** Milliseconds between two looks at whether a load is over. */
const INTERVAL_MS = 200

/** k6's exit code where `setup` ended with this. */
export function setupCode(failed: string): number {
  if (failed.startsWith('test aborted')) return 108
  return failed.includes('timed out after') ? 100 : 107
}

/** A k6 of several, as far as `setup` asks about it. */
interface SetUp {
  readonly port: RestApi
  isSetUp?: boolean
}

/** Runs `setup` in the first, and gives what it returned to the others; why it could not, in k6's words. */
export async function setupOnce([first, ...others]: readonly SetUp[]): Promise<string | undefined> {
  if (!first) return undefined
  const { data, failed } = await runSetup(first.port)
  if (failed !== undefined) return failed
  first.isSetUp = true
  if (data === undefined) return undefined
  const refusals = await Promise.all(others.map(({ port }) => shareSetup(port, data)))
  return refusals.find((refusal) => refusal !== undefined)
}

/** Waits until the load of an instance that lingers is over, or its process has ended. */
export async function loadOver(one: StartedInstance): Promise<void> {
  while (isAlive(one) && !(await isOver(one.port))) await delay(INTERVAL_MS)
}

const isAlive = ({ child }: StartedInstance): boolean => child.exitCode === null && child.signalCode === null

/**
 * Brings the instance that lingers to its end: its load is stopped where it goes on, `teardown` is made once the `others`
 * have ended, and it is interrupted.
 */
export async function endLingering(one: StartedInstance, others: Promise<unknown>): Promise<void> {
  if (one.begun !== undefined && !(await isOver(one.port))) {
    await stopLoad(one.port)
    await loadOver(one)
  }
  await others
  if (one.isSetUp === true) await runTeardown(one.port)
  one.child.kill('SIGINT')
}
