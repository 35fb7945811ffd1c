import pc from 'picocolors'
import { formatDuration } from '../../../config/duration.ts'
import { kib, number, printable } from '../../base/index.ts'
import type { Finding } from '../../check/index.ts'
import type { CheckChange } from './difference.ts'
import { OWNER_LABEL } from './owner.ts'
import type { MonitorPlan, PlannedCheck, Undeclared } from './plan.ts'

const SIGNS: Readonly<Record<PlannedCheck['action'], string>> = {
  create: pc.green('+'),
  update: pc.yellow('~'),
  keep: pc.dim('='),
}
const WORDS: Readonly<Record<PlannedCheck['action'], string>> = {
  create: 'to create',
  update: 'to change',
  keep: 'as it is',
}

/** A plan as a person reads it. */
export function planText(plan: MonitorPlan, owner: string): string {
  const { against, monitors, executions, freeExecutions, series } = plan
  const share = Math.ceil((executions / freeExecutions) * 100)
  const numbers = (['create', 'update', 'keep'] as const)
    .map((action) => [monitors.filter((one) => one.action === action).length, WORDS[action]] as const)
    .filter(([some]) => some > 0)
    .map(([some, word]) => `${some} ${word}`)
  const gone = plan.undeclared.filter(({ own }) => own)
  return [
    `Compared with ${against}`,
    '',
    ...monitors.flatMap((one) => [...monitorLines(one), '']),
    ...undeclaredLines(plan.undeclared, owner),
    `${number(executions)} executions a month: ${share} % of the ${number(freeExecutions)} that are free · about ${number(series)} series`,
    ...(executions > freeExecutions
      ? [
          pc.yellow(
            '  More than is free: run less often, from fewer probes, or with a timeout of at most 1m.',
          ),
        ]
      : []),
    [...numbers, ...(gone.length > 0 ? [`${gone.length} to delete with --prune`] : [])].join(' · '),
  ].join('\n')
}

function monitorLines(one: PlannedCheck): string[] {
  const { action, id, changes, findings, notes } = one
  return [
    `${SIGNS[action]} ${pc.bold(monitorName(one))}  ${WORDS[action]}${id === undefined ? '' : `, id ${id}`}`,
    ...changes
      .filter((change) => action !== 'create' || isSaid(change))
      .map((change) => changeLine(action, change)),
    row('bundle', `${kib(one.bytes)}, SHA-256 ${one.sha256}`),
    row(
      'baked',
      `BASE_URL ${one.target}, TIME_BUDGET ${formatDuration(one.timeBudget)}, ENVIRONMENT ${one.environment}`,
    ),
    row('cost', `${number(one.executions)} executions a month, about ${number(one.series)} series a probe`),
    ...findings.map((finding) =>
      row(finding.severity, findingText(finding), finding.severity === 'error' ? pc.red : pc.yellow),
    ),
    ...notes.map((note) => row('note', note, pc.yellow)),
  ]
}

/** Of a new check the usual is not said, and of its script the bundle's line says all. */
const isSaid = ({ what, to }: CheckChange): boolean =>
  !['script', 'alertSensitivity'].includes(what) && to !== 'true'

const changeLine = (action: PlannedCheck['action'], { what, from, to }: CheckChange): string =>
  row(what, action === 'create' ? to : `${from || 'nothing'} → ${to || 'nothing'}`)

const row = (what: string, text: string, paint: (text: string) => string = String): string =>
  `    ${paint(what.padEnd(17))} ${printable(text)}`

/** A finding as one line. */
export const findingText = ({ rule, where, got, why, fix }: Finding): string =>
  `${rule}: ${where}: ${got}: ${why}; ${fix}`

/** A check as its job and target. */
export const monitorName = ({ job, target }: { job: string; target: string }): string =>
  printable(`${job} → ${target}`)

/** What is there and not declared: this project's own one by one, others as a number. */
export function undeclaredLines(undeclared: readonly Undeclared[], owner: string): string[] {
  const own = undeclared.filter((one) => one.own)
  const others = undeclared.length - own.length
  return [
    ...own.map(
      (one) =>
        `${pc.red('-')} ${monitorName(one)}  no longer declared, id ${one.id}: apply --prune deletes ${lossOf(one)}`,
    ),
    ...(others > 0
      ? [
          `  ${others} check${others === 1 ? ' is' : 's are'} not declared and left alone: neither the state nor a label ${OWNER_LABEL}=${owner} says that they are this project's`,
        ]
      : []),
    ...(undeclared.length > 0 ? [''] : []),
  ]
}

/** What goes with a check. */
export function lossOf({ since, alerts = 0 }: Pick<Undeclared, 'since' | 'alerts'>): string {
  const its = alerts === 0 ? '' : alerts === 1 ? ', its alert' : `, its ${alerts} alerts`
  return `it${its} and its history in the app${since === undefined ? '' : `, which began on ${since}`}`
}
