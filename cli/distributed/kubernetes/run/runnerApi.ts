import { parseJson } from '../../../base/index.ts'
import { isPaused, stopLoad, type RestAsk } from '../../../run/index.ts'
import { callPod } from '../api/forward.ts'
import type { Cluster } from '../cluster.ts'
import { RUNNER_PORT } from '../plan.ts'
import type { Runner } from './runners.ts'

/** How many runners are asked at once. */
const AT_ONCE = 16

/** The REST API of a runner's k6, through the cluster's server. */
export const runnerApi =
  ({ access }: Cluster, pod: string): RestAsk =>
  async (method, path, { body, limit }) => {
    const asked = { method, path: `/v1/${path}`, body, isPatient: !limit }
    const answer = await callPod(access, { pod, port: RUNNER_PORT }, asked)
    return { status: answer.status, body: parseJson(answer.body.toString()) }
  }

/** Ends the load of runners by their k6's own API: what they leave when they have ended is kept. */
export const stopAll = (cluster: Cluster, runners: readonly Runner[]): Promise<void> =>
  ofEach(runners, ({ pod }) => stopLoad(runnerApi(cluster, pod)))

/** Finds which of the runners that run are paused; one that has begun is not asked again, nor one that does not answer. */
export function createPausedCheck(cluster: Cluster): (runners: readonly Runner[]) => Promise<string[]> {
  const known = new Set<string>()
  const failures = new Map<string, number>()
  return async (runners) => {
    const paused: string[] = []
    await ofEach(
      runners.filter(({ id }) => !known.has(id)),
      async ({ id, pod }) => {
        const is = await isPaused(runnerApi(cluster, pod))
        if (is === true) paused.push(id)
        const failed = (failures.get(id) ?? 0) + (is === undefined ? 1 : 0)
        failures.set(id, failed)
        if (is === false || failed >= MOST_FAILURES) known.add(id)
      },
    )
    return paused
  }
}

const MOST_FAILURES = 3

async function ofEach(runners: readonly Runner[], work: (one: Runner) => Promise<unknown>): Promise<void> {
  const running = runners.filter(({ isRunning }) => isRunning)
  for (let from = 0; from < running.length; from += AT_ONCE)
    await Promise.all(running.slice(from, from + AT_ONCE).map(work))
}
