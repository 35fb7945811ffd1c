import { parseJson } from '../../base/index.ts'
import { callPod } from '../api/forward.ts'
import type { Cluster } from '../cluster.ts'
import { RUNNER_PORT } from '../plan.ts'
import type { Runner } from './runners.ts'

/** How many runners are asked at once. */
const AT_ONCE = 16

/** Ends the load of runners by their k6's own API: what they leave when they have ended is kept. */
export async function stopAll(cluster: Cluster, runners: readonly Runner[]): Promise<void> {
  const body = { data: { type: 'status', id: 'default', attributes: { stopped: true } } }
  await ofEach(runners, ({ pod }) => askStatus(cluster, pod, { method: 'PATCH', body }))
}

/** Finds which of the runners that run are paused; one that has begun is not asked again, nor one that does not answer. */
export function createPausedCheck(cluster: Cluster): (runners: readonly Runner[]) => Promise<string[]> {
  const known = new Set<string>()
  const failures = new Map<string, number>()
  return async (runners) => {
    const paused: string[] = []
    await ofEach(
      runners.filter(({ id }) => !known.has(id)),
      async ({ id, pod }) => {
        const isPaused = await askStatus(cluster, pod)
        if (isPaused === true) paused.push(id)
        const failed = (failures.get(id) ?? 0) + (isPaused === undefined ? 1 : 0)
        failures.set(id, failed)
        if (isPaused === false || failed >= MOST_FAILURES) known.add(id)
      },
    )
    return paused
  }
}

const MOST_FAILURES = 3

/** Asks a k6's status, or changes it, and gives whether it is paused; undefined where it does not answer. */
async function askStatus(
  { access }: Cluster,
  pod: string,
  asked: { method?: string; body?: object } = {},
): Promise<boolean | undefined> {
  try {
    const { body } = await callPod(access, { pod, port: RUNNER_PORT }, { path: '/v1/status', ...asked })
    const told = parseJson(body.toString()) as { data?: { attributes?: { paused?: boolean } } } | undefined
    return told?.data?.attributes?.paused
  } catch {
    return undefined
  }
}

async function ofEach(runners: readonly Runner[], work: (one: Runner) => Promise<unknown>): Promise<void> {
  const running = runners.filter(({ isRunning }) => isRunning)
  for (let from = 0; from < running.length; from += AT_ONCE)
    await Promise.all(running.slice(from, from + AT_ONCE).map(work))
}
