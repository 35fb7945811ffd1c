import { openCloudflared } from './cloudflared.ts'
import { untilReached } from './marker.ts'
import { openNgrok, type OpenedTunnel } from './ngrok.ts'
import type { TunnelSpec } from '../../project/index.ts'

/** An open tunnel: its public URL, and how to close what was opened. */
export type Tunnel = OpenedTunnel

/** What opening a tunnel needs. */
export interface TunnelOptions {
  /** Its target; undefined for a URL without a given target. */
  target: string | undefined
  signal: AbortSignal
  /** Says a line to the person who waits. */
  say: (line: string) => void
}

/**
 * Opens a tunnel, or takes one that is open, and waits until its public URL answers as the target does. Throws
 * UserError where it cannot be opened or does not lead to the target; nothing stays open then.
 */
export async function openTunnel(spec: TunnelSpec, { target, signal, say }: TunnelOptions): Promise<Tunnel> {
  const opened = await open(spec, target ?? '', signal)
  try {
    say(`the tunnel ${opened.url} is open: waiting for the target behind it`)
    await untilReached(opened.url, target, signal)
    return opened
  } catch (error) {
    await opened.close()
    throw error
  }
}

function open(spec: TunnelSpec, target: string, signal: AbortSignal): Promise<OpenedTunnel> {
  if (spec.kind === 'url') return Promise.resolve({ url: spec.url, close: () => Promise.resolve() })
  return spec.kind === 'ngrok' ? openNgrok(target) : openCloudflared(target, signal)
}
