import type { Command } from 'commander'
import { ready, type ForwardReady, type Target } from '../telemetry/index.ts'
import { endable } from './abort.ts'
import { say } from './output.ts'

/** The flags of a server that the series of a run go to. */
export interface RemoteWriteFlags {
  remoteWrite?: string
  requireRemoteWrite?: true
}

/** Adds where the series of a run go, too. */
export const withRemoteWrite = (command: Command): Command =>
  command
    .option(
      '--remote-write <URL>',
      'write the series to a Prometheus or Mimir too, or off (K6_PROMETHEUS_RW_SERVER_URL)',
    )
    .option('--require-remote-write', 'refuse to run if that server accepts no pushes')

/** Tries that server, if there is one. Throws UserError where it is required and takes nothing. */
export const readyServer = async (
  target: Target | undefined,
  { requireRemoteWrite }: RemoteWriteFlags,
): Promise<ForwardReady | undefined> =>
  target && endable(() => ready(target, { required: requireRemoteWrite === true, say }))
