import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { folder, start } from '../engine/harness.ts'
import { act } from './actions.ts'
import { filledAll, holds, type Context } from './expressions.ts'
import type { Job, Workflow } from './workflow.ts'

/** Where workflows run: a repository, and what stands in for GitHub. */
export interface Place {
  /** URL of the repository. */
  readonly origin: string
  /** A folder of executables that come before those of the machine. */
  readonly bin: string
  /** Secrets of the repository, beside those that each has. */
  readonly secrets: Readonly<Record<string, string>>
  /** What every step sees beside what a runner sets. */
  readonly env: Readonly<Record<string, string>>
}

/** How a job ended. */
export interface JobEnd {
  readonly result: 'success' | 'failure' | 'skipped'
  readonly outputs: Readonly<Record<string, string>>
  /** What it wrote into the step summary. */
  readonly summary: string
  /** What its steps printed. */
  readonly log: string
}

/** A job of a workflow that runs. */
export interface Running {
  readonly workflow: Workflow
  readonly place: Place
  readonly artifacts: string
  readonly ref: string
  readonly context: Context
}

/** Runs the steps of a job, one after the other. */
export async function runJob(
  job: Job,
  { workflow, place, artifacts, ref, context }: Running,
): Promise<JobEnd> {
  const [workspace, temp] = [folder(), folder()]
  const file = (name: string): string => join(temp, name)
  const summary = file('summary')
  writeFileSync(summary, '')
  const env = { ...filledAll(workflow.env, context) }
  Object.assign(env, filledAll(job.env, { ...context, env }))
  const steps: Record<string, { outputs: Record<string, string>; outcome: string }> = {}
  let isFine = true
  let log = ''
  for (const [index, step] of job.steps.entries()) {
    const now: Context = { ...context, env, steps }
    if (!holds(step.if, now, isFine)) continue
    const output = file(`output-${index}`)
    writeFileSync(output, '')
    const { github } = context as { github: Record<string, string> }
    const seen = {
      ...place.env,
      ...env,
      ...filledAll(step.env, now),
      ...variablesOf(github),
      PATH: `${place.bin}:${process.env.PATH ?? ''}`,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: temp,
    }
    const script = file(`step-${index}.sh`)
    if (step.run !== undefined) writeFileSync(script, step.run)
    const shell =
      workflow.defaults?.run.shell === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail'] : ['-e']
    const { code, out, err } =
      step.run === undefined
        ? await act(step.uses ?? '', filledAll(step.with, now), {
            workspace,
            artifacts,
            origin: place.origin,
            ref,
          })
        : await start('bash', [...shell, script], { cwd: workspace, env: seen }).ended
    log += `— ${step.name ?? step.run ?? step.uses ?? ''}: ${code ?? 'killed'}\n${out}${err}`
    if (code !== 0 && step['continue-on-error'] !== true) isFine = false
    if (step.id !== undefined)
      steps[step.id] = { outputs: outputsIn(output), outcome: code === 0 ? 'success' : 'failure' }
  }
  return {
    result: isFine ? 'success' : 'failure',
    outputs: filledAll(job.outputs, { ...context, env, steps }),
    summary: readFileSync(summary, 'utf8'),
    log,
  }
}

/** The variables that a runner sets of what it runs. */
const variablesOf = (github: Record<string, string>): Record<string, string> => ({
  CI: 'true',
  GITHUB_ACTIONS: 'true',
  ...Object.fromEntries(
    ['actor', 'event_name', 'ref_name', 'repository', 'run_id', 'run_attempt', 'server_url'].map((name) => [
      `GITHUB_${name.toUpperCase()}`,
      github[name] ?? '',
    ]),
  ),
})

/** What a step wrote for others: `name=value`, or `name<<END` and lines. */
const outputsIn = (path: string): Record<string, string> =>
  Object.fromEntries(
    Array.from(
      readFileSync(path, 'utf8').matchAll(/^(\w+)(?:=(.*)|<<(\S+)\n([^]*?)\n\3)$/gm),
      ([, name = '', value, , lines]) => [name, value ?? lines ?? ''],
    ),
  )
