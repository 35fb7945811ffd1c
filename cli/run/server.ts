import { refusal } from '../base/index.ts'
import { targetOf, type Target } from '../telemetry/index.ts'

/** The flags that say where series go. */
export interface ServerFlags {
  record: 'on' | 'off'
  remoteWrite?: string
  requireRemoteWrite?: true
  live?: true
}

/** The server that series are written to. Throws UserError with every problem. */
export function serverOf(
  { record, live, remoteWrite, requireRemoteWrite }: ServerFlags,
  say: (line: string) => void,
): Target | undefined {
  const target = targetOf({ ...(remoteWrite === undefined ? {} : { url: remoteWrite }), env: process.env })
  if (record === 'off' && live)
    throw refusal([
      {
        where: '--live',
        got: 'with --record off',
        allowed: 'only with --record on: what is recorded is shown',
      },
    ])
  if (record === 'off') {
    if (remoteWrite === undefined || remoteWrite === 'off') return undefined
    throw refusal([
      {
        where: '--remote-write',
        got: remoteWrite,
        allowed: 'only with --record on: what is recorded is sent on',
      },
    ])
  }
  if (target && remoteWrite === undefined)
    say(
      `series go to ${target.url} too, as K6_PROMETHEUS_RW_SERVER_URL says; --remote-write off keeps them here`,
    )
  if (!target && requireRemoteWrite)
    throw refusal([
      { where: '--require-remote-write', got: 'no server', allowed: 'together with --remote-write URL' },
    ])
  return target
}
