import { UserError } from '../../../base/index.ts'
import type { Cluster } from '../cluster.ts'
import type { Runner } from './runners.ts'
import { namedIn } from './rendered.ts'
import { stateOf, type Helper } from './state.ts'

/** Where a test is, and each of its runners, a line each. Throws UserError where there is none. */
export async function statusText(cluster: Cluster, test: string): Promise<string> {
  const { stage, runners, initializer, starter } = await stateOf(cluster, await namedIn(cluster, test))
  if (stage === undefined && runners.length === 0) throw noTest(test)
  const lines = [
    ...pendingLine('initializer', initializer),
    ...runners.map((one) => `  runner ${one.id}  ${wordsOf(one)}`),
    ...pendingLine('starter', starter),
  ]
  return [
    `${test}: ${stage === '' ? 'not looked at by the operator yet' : (stage ?? 'deleted')}`,
    ...lines,
  ].join('\n')
}

const pendingLine = (name: string, { pending }: Partial<Helper> = {}): string[] =>
  pending === undefined ? [] : [`  ${name}  Pending: ${pending}`]

function wordsOf({ lost, exit, pending, isRunning }: Runner): string {
  if (lost !== undefined) return lost
  if (exit !== undefined) return `ended with exit code ${exit}`
  if (pending !== undefined) return `Pending: ${pending}`
  return isRunning ? 'running' : 'starting'
}

/** What the runners of a test have written, each line with its runner. Throws UserError where there is none. */
export async function runnerLogs(cluster: Cluster, test: string): Promise<string> {
  const { stage, runners } = await stateOf(cluster, await namedIn(cluster, test))
  if (stage === undefined && runners.length === 0) throw noTest(test)
  const logs = await Promise.all(
    runners.map(async ({ id, pod }) => {
      const text = (await cluster.api.log(pod, 'k6')).trimEnd()
      return text === '' ? [] : text.split('\n').map((line) => `${id}  ${line}`)
    }),
  )
  return logs.flat().join('\n')
}

export const noTest = (test: string): UserError =>
  new UserError(`kubernetes: there is no TestRun ${test} in this namespace`)
