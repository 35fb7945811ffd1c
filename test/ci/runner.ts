import { folder } from '../engine/harness.ts'
import { filled, holds, type Context } from './expressions.ts'
import { runJob, type JobEnd, type Place } from './job.ts'
import type { Job, Workflow } from './workflow.ts'

/** What starts a workflow. */
export interface Trigger {
  readonly event: string
  /** A branch or tag; a pull request has a commit, too. */
  readonly ref: string
  readonly inputs?: Readonly<Record<string, string>>
  /** The event's payload. */
  readonly payload?: unknown
  /** Of a fork: its token may only read, and it gets no secrets. */
  readonly fork?: boolean
  /** Of a run that was, with the jobs that are run again: the others stay as they ended. */
  readonly again?: { readonly of: WorkflowEnd; readonly jobs: readonly string[] }
}

/** A run of a workflow: its jobs' ends, by name; of one with a matrix, one for each of its values. */
export interface WorkflowEnd {
  readonly jobs: Readonly<Record<string, readonly JobEnd[]>>
  /** The folder that artifacts lie in. */
  readonly artifacts: string
}

const SKIPPED: JobEnd = { result: 'skipped', outputs: {}, summary: '', log: '' }
let runs = 1000

/** Runs a workflow as GitHub's runner would, but that its actions are stood in for. */
export async function runWorkflow(workflow: Workflow, trigger: Trigger, place: Place): Promise<WorkflowEnd> {
  const { event, ref, inputs = {}, payload = {}, fork = false, again } = trigger
  const artifacts = again?.of.artifacts ?? folder()
  const github = {
    event,
    event_name: event,
    ref_name: ref,
    repository: 'acme/shop',
    actor: 'ada',
    run_id: String(++runs),
    run_attempt: '1',
    server_url: 'https://github.com',
  }
  const secrets = fork ? {} : { API_TOKEN: 'secret', ...place.secrets }
  const runner = { os: 'Linux', arch: 'X64' }
  const common: Context = { github: { ...github, event: payload }, inputs, secrets, runner }
  const ended: Record<string, readonly JobEnd[]> = {}
  for (const [name, job] of Object.entries(workflow.jobs)) {
    const was = again?.jobs.includes(name) ? undefined : again?.of.jobs[name]
    if (was) {
      ended[name] = was
      continue
    }
    const needs = [job.needs ?? []].flat()
    const before = needs.map((one) => [one, resultOf(ended[one] ?? [])] as const)
    const context = { ...common, needs: Object.fromEntries(before) }
    const isFine = before.every(([, { result }]) => result === 'success')
    if (!holds(job.if, context, isFine)) {
      ended[name] = [SKIPPED]
      continue
    }
    const { permissions = {} } = job
    const allowed = fork
      ? Object.fromEntries(Object.keys(permissions).map((one) => [one, 'read']))
      : permissions
    const own = { ...(common.github as object), token: JSON.stringify(allowed) }
    ended[name] = await Promise.all(
      matrixOf(job, context).map((matrix) =>
        runJob(job, { workflow, place, artifacts, ref, context: { ...context, matrix, github: own } }),
      ),
    )
  }
  return { jobs: ended, artifacts }
}

const resultOf = (ends: readonly JobEnd[]): JobEnd =>
  ends.find(({ result }) => result !== 'success') ?? ends[0] ?? SKIPPED

function matrixOf({ strategy }: Job, context: Context): Record<string, unknown>[] {
  const [axis] = Object.entries(strategy?.matrix ?? {})
  if (axis === undefined) return [{}]
  const [name, values] = axis
  return (filled(values, context) as unknown[]).map((value) => ({ [name]: value }))
}
