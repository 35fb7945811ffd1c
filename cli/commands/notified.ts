import { Option, type Command } from 'commander'
import type { Escalation, NotifyConfig } from '../../config/notify.ts'
import { sentence, type Problem } from '../../config/problem/problem.ts'
import { refuse } from '../base/index.ts'
import { deliver, isProblem, receiverOf, type Notice, type Receiver } from '../telemetry/index.ts'
import { collectOption } from './options.ts'
import { say } from './output.ts'

/** What a command is told of whom to notify. */
export interface NotifyFlags {
  notify?: string[]
  notifyAlways?: true
}

/** Whom a command tells how it ended. */
export interface Notifier {
  readonly receivers: readonly Receiver[]
  /** Receivers of the config whose variable is not set, or has no URL: it is said where there is something to tell. */
  readonly missing: readonly Problem[]
  /** Whether they are told of everything, not only of problems. */
  readonly always: boolean
  readonly escalate?: Escalation
  readonly env: NodeJS.ProcessEnv
}

/** Adds `--notify` and `--notify-always`. */
export const withNotify = (command: Command): Command =>
  command
    .option(
      '--notify <receiver>',
      'tell a webhook how it ended: its URL, or a variable with it; slack:, teams:, json: before it; repeatable; off',
      collectOption,
    )
    .addOption(
      new Option('--notify-always', 'tell of everything, not only of problems and the first pass after one'),
    )

/**
 * Whom flags and config name. Throws UserError for a receiver of a flag that is none, or whose variable is not set; those
 * of the config, which others share, are kept to be said later.
 */
export function notifierOf(
  { notify, notifyAlways }: NotifyFlags,
  config: NotifyConfig = {},
  env: NodeJS.ProcessEnv = process.env,
): Notifier {
  if (notify?.includes('off')) return { receivers: [], missing: [], always: false, env }
  const isGiven = notify !== undefined
  const where = isGiven ? '--notify' : 'notify.to'
  const read = [notify ?? config.to ?? []].flat().map((one) => receiverOf(one, { env, where }))
  const missing = read.filter(isProblem)
  if (isGiven) refuse(missing)
  return {
    receivers: read.filter((one): one is Receiver => !isProblem(one)),
    missing: isGiven ? [] : missing,
    always: notifyAlways === true || config.when === 'always',
    ...(config.escalate ? { escalate: config.escalate } : {}),
    env,
  }
}

/** Says in a dry run who would be told. */
export const sayReceivers = ({ receivers }: Notifier): void => {
  for (const { name } of receivers) say(`would tell ${name}`)
}

/** Tells receivers, all at once and in a bounded time, and says who was told, and who was not and why. Gives the names of those told. */
export async function tell(
  notice: Notice,
  { receivers, missing }: Pick<Notifier, 'receivers' | 'missing'>,
  signal?: AbortSignal,
): Promise<string[]> {
  for (const one of missing) say(`not told: ${sentence(one)}`)
  const patience = signal ? { signal } : {}
  const deliveries = await Promise.all(receivers.map((one) => deliver(notice, one, patience)))
  for (const { to, why } of deliveries) say(why === undefined ? `told ${to}` : `not told ${to}: ${why}`)
  return deliveries.filter(({ why }) => why === undefined).map(({ to }) => to)
}
