import { join } from 'node:path'
import { Option, type Command } from 'commander'
import { TREATMENTS, WITHOUT_BASELINE } from '../../config/gate.ts'
import { atomicWrite, defined, EXIT, GATE_FILE, refusal, refuse } from '../base/index.ts'
import { chosenIn, readProject } from '../project/index.ts'
import { metadataOf } from '../record/index.ts'
import {
  confirmCommand,
  decisionJunit,
  decisionMarkdown,
  decisionText,
  gateNotice,
  linksOf,
} from '../report/index.ts'
import type { Notice } from '../telemetry/index.ts'
import {
  approved,
  gateRun,
  openRun,
  readWaivers,
  NAMED_BASE_POLICY,
  USUAL_POLICY,
  type Decision,
  type GatePolicy,
  type Places,
  type Run,
} from '../verdict/index.ts'
import { abortable } from './abort.ts'
import { auditDecision, whoAmI } from './audited.ts'
import { formatNamed } from './format.ts'
import { notifierOf, withNotify, type Notifier, type NotifyFlags } from './notified.ts'
import { withPlaces } from './options.ts'
import { out, say } from './output.ts'
import { refuseEmpty } from './refuseEmpty.ts'
import { tellOfRun } from './tellOfRun.ts'

interface Flags extends Places, Partial<GatePolicy>, NotifyFlags {
  baseline?: string
  confirm?: string
  waivers: string
  approve?: string
  audit: string
  format: string
  all?: true
}

const FORMATS = {
  text: decisionText,
  json: (decision) => JSON.stringify(decision, undefined, 2),
  markdown: decisionMarkdown,
  junit: decisionJunit,
} as const satisfies Record<string, (decision: Decision, all: boolean, next?: string) => string>

/** `loadwright gate`: decides of a run, by its thresholds and its comparison: exit code 0, 99, 95 or 96. */
export function addGate(program: Command): void {
  const choice = (flags: string, about: string, of: readonly string[]): Option =>
    new Option(flags, about).choices(of)
  withNotify(
    withPlaces(
      program
        .command('gate')
        .description('Decide whether a run may go on: its thresholds, and whether it is worse than before')
        .argument('[run]', 'latest, a run’s id or the beginning of one, its folder or its run.json', 'latest')
        .option(
          '--baseline <name>',
          'compare with this baseline, its file, or a run, not with the runs before',
        )
        .option('--confirm <run>', 'a second run of the same, made because the first could not tell')
        .option('--waivers <file>', 'agreed exceptions', 'waivers.yaml')
        .option(
          '--approve <reason>',
          'let it through in spite of the decision: exit code 0, and an entry in the log',
        )
        .option(
          '--audit <file>',
          'the log of waivers that were used, and of what was approved',
          'audit.ndjson',
        )
        .addOption(
          choice('--inconclusive <as>', 'its exit code: its own (95, the default), or of', TREATMENTS),
        )
        .addOption(choice('--invalid <as>', 'its exit code: its own (96, the default), or of', TREATMENTS))
        .addOption(
          choice(
            '--insufficient-baseline <verdict>',
            'where there are too few comparable runs (pass is the default)',
            WITHOUT_BASELINE,
          ),
        )
        .option('--format <format>', Object.keys(FORMATS).join(', '), 'text')
        .option('--all', 'every threshold and row, not only the reasons'),
    ),
  )
    .addHelpText(
      'after',
      `
loadwright.config.ts may say the same three, and tolerances, in gate; and in notify whom to tell.

Exit code: 0 pass, 99 fail, 95 inconclusive, 96 invalid; 104 where something cannot be read.

Examples:
  loadwright gate                                  the newest run
  loadwright gate --baseline release-2.4
  loadwright gate --inconclusive fail --insufficient-baseline inconclusive
  loadwright gate --approve 'a security fix must go out'
  loadwright gate --notify SLACK_WEBHOOK_URL
  loadwright gate --format junit > gate.xml
  loadwright gate --format markdown >> "$GITHUB_STEP_SUMMARY"`,
    )
    .action(async (run: string, flags: Flags) => {
      process.exitCode = await gate(run, flags)
    })
}

async function gate(name: string, flags: Flags): Promise<number> {
  const { format, all = false, baseline, confirm, results, baselines } = flags
  const write = formatNamed(FORMATS, format)
  refuseEmpty({ results, baselines, waivers: flags.waivers, audit: flags.audit })
  const waivers = await readWaivers(flags.waivers)
  const whole = await readProject()
  refuse(whole.problems)
  // A preset's tolerances are those of its runs.
  const run = await openRun(results, name)
  const { config } = (await chosenIn(whole, run.record.suite)).project
  const notifier = notifierOf(flags, config.notify)
  const usual = baseline === undefined ? USUAL_POLICY : NAMED_BASE_POLICY
  const { tolerances = [], ...policy } = { ...usual, ...config.gate, ...policyOf(flags) }
  const { second, decision: made } = await gateRun({
    run,
    baseline,
    confirm,
    waivers,
    tolerances,
    policy,
    results,
    baselines,
  })
  const decision = await overridden(made, flags.approve)
  await auditDecision(flags.audit, decision)
  const next = confirmCommand(decision, run.record)
  await keep(run.folder.path, decision, next)
  // Its cases are the first run's. The second one enters no baseline, either, unless both do.
  if (second) await keepText(second.folder.path, GATE_FILE, FORMATS.json({ ...decision, cases: [] }))
  out(write(decision, all, next).replace(/\n$/, ''))
  await tellOfGate(run, decision, notifier, flags)
  return decision.exitCode
}

/** Tells of a decision, with the job that the gate runs in. */
async function tellOfGate(run: Run, decision: Decision, notifier: Notifier, places: Flags): Promise<void> {
  const { verdict, approval } = decision
  const { ci } = await metadataOf(process.cwd())
  const notice = (): Notice => gateNotice(decision, linksOf(run.record, process.env, ci))
  const isApproved = approval !== undefined
  await abortable((signal) => tellOfRun({ run, verdict, isApproved, notice, signal }, notifier, places))
}

/** What the flags say of the policy. */
const policyOf = ({ inconclusive, invalid, insufficientBaseline }: Flags): Partial<GatePolicy> =>
  defined({ inconclusive, invalid, insufficientBaseline })

/** The decision as a person lets it through; as it was made, where nobody does, or where it passes by itself. */
async function overridden(decision: Decision, given: string | undefined): Promise<Decision> {
  const reason = given?.trim()
  if (reason === '')
    throw refusal([{ where: '--approve', got: 'nothing', allowed: 'the reason, for those who read the log' }])
  if (reason === undefined) return decision
  if (decision.exitCode !== EXIT.pass)
    return approved(decision, { reason, by: (await whoAmI()).user ?? 'somebody' })
  say('nothing to approve: the gate lets it through')
  return decision
}

/** The files of a decision beside its run, by the format that each has. */
const KEPT = { [GATE_FILE]: FORMATS.json, 'gate.md': FORMATS.markdown, 'gate.xml': FORMATS.junit } as const

/** A decision is kept beside its run, where it can be: a run that a waiver let through enters no baseline. */
async function keep(folder: string, decision: Decision, next: string | undefined): Promise<void> {
  for (const [name, write] of Object.entries(KEPT))
    await keepText(folder, name, write(decision, false, next).replace(/\n$/, ''))
}

async function keepText(folder: string, name: string, text: string): Promise<void> {
  try {
    await atomicWrite(join(folder, name), `${text}\n`)
  } catch (error) {
    say(`${name} could not be written: ${(error as Error).message}`)
  }
}
