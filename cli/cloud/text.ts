import { RECORD_FILE } from '../base/index.ts'
import { join, relative } from 'node:path'
import type { CloudConfig } from '../../config/cloud.ts'
import { formatDuration } from '../../config/duration.ts'
import { printable } from '../base/index.ts'
import { estimate, estimateText, shellText, type Plan } from '../project/index.ts'
import type { RunRecord } from '../record/index.ts'
import { dryRun, textReport } from '../report/index.ts'
import type { PreparedCloudRun } from './prepare.ts'
import { vuHours } from './size.ts'

/** What a run is going to do in the cloud, a line each. */
export function beforeText(plan: Plan, prepared: PreparedCloudRun): string[] {
  return [
    plan.script === undefined
      ? estimateText(estimate(plan.manifest), plan.settings.SCALE)
      : `${plan.script} is no suite: run as a plain k6 script, with its own load and thresholds`,
    ...placeText(prepared),
  ]
}

/** What a run costs, and where it will be: the test's name, project and stack, load zones. */
function placeText({ run, size, timeout }: PreparedCloudRun): string[] {
  const place = [
    ...(run.project === undefined ? [] : [`project ${run.project}`]),
    ...(run.stack === undefined ? [] : [`stack ${run.stack}`]),
    run.localExecution ? 'executed here' : `load zones ${zonesText(run.distribution)}`,
  ]
  return [
    size === undefined
      ? 'VU-hours are not known before k6 has read the script'
      : `${vuHours(size)} VU-hours: ${size.vus} VUs × ${formatDuration(size.seconds * 1000)}`,
    `test "${printable(run.name)}" · ${place.join(' · ')} · at most ${formatDuration(timeout)} (--timeout)`,
  ]
}

function zonesText(distribution: CloudConfig['distribution']): string {
  if (distribution === undefined) return 'as the cloud chooses'
  return Object.values(distribution)
    .map(({ loadZone, percent }) => `${loadZone} ${percent} %`)
    .join(', ')
}

/** A cloud run that is not made: as `run --dry-run` has it, with k6's environment before the exact command. */
export function cloudDryRun(plan: Plan, args: readonly string[], prepared: PreparedCloudRun): string {
  const { name, project, stack } = prepared.run
  const command = shellText(['k6', ...args])
  const env = { K6_CLOUD_STACK_ID: stack, K6_CLOUD_PROJECT_ID: project, K6_CLOUD_NAME: name }
  const assignments = Object.entries(env).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${shellText([String(value)])}`],
  )
  return [
    dryRun(plan, args).slice(0, -command.length).trimEnd(),
    ...placeText(prepared),
    '',
    [...assignments, command].join(' '),
  ].join('\n')
}

/** What a finished cloud run says: the verdict and why, where it is to be seen, what to do next. */
export function cloudEnding(record: RunRecord, folder: string): string {
  const { cloud } = record
  const report = textReport(record).split('\n')
  return [
    '',
    // The figures of a run in the cloud are in the cloud.
    ...(cloud?.localExecution ? report : report.slice(0, -1)),
    ...(cloud?.link === undefined ? [] : [`Run      ${printable(cloud.link)}`]),
    `Results  ${join(relative(process.cwd(), folder), RECORD_FILE)}`,
    `Next     ${next(record)}`,
  ].join('\n')
}

/** The command that a person is likely to want next. */
function next({ verdict, suite, script, profile, environment, embedded, target, cloud }: RunRecord): string {
  const place = embedded || target === '' ? [] : ['--environment', environment, '--base-url', target]
  const run = shellText(['npx', 'loadwright', 'cloud', 'run', script ?? suite, ...place])
  if (cloud?.link === undefined) return `show k6’s command: ${run} --dry-run`
  if (verdict === 'pass' && profile === 'smoke') return `load it: ${run} --profile load`
  if (verdict === 'pass') return 'compare it with the runs before it, on the test’s page'
  return `see it fail here: ${shellText(['npx', 'loadwright', 'run', script ?? suite, ...place])}`
}
