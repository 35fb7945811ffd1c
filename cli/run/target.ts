import { openTunnel, type Tunnel } from './tunnel/open.ts'
import { withTarget, type Plan, type TunnelSpec } from '../project/index.ts'
import { startShopThread, type ShopThread } from './shop.ts'

/** What stands between a plan and its target. */
export interface TargetPath {
  /** Faults of the embedded shop. */
  faults: readonly string[]
  /** Opened to the target, and closed in the end. */
  tunnel?: TunnelSpec
  /** Runs work that a Ctrl-C ends: what is waited for before k6 starts. */
  abortable: <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T>
  /** Says a line to the person who waits. */
  say: (line: string) => void
}

/** Makes a plan's target ready (the embedded shop started, the tunnel opened), does the work, and closes both again. */
export async function withReadyTarget<T>(
  plan: Plan,
  { faults, tunnel: spec, abortable, say }: TargetPath,
  work: (ready: Plan) => Promise<T>,
): Promise<T> {
  let shop: ShopThread | undefined
  let tunnel: Tunnel | undefined
  try {
    let ready = plan
    if (plan.embedded) {
      const { SEED } = plan.settings
      shop = await startShopThread({ port: 0, faults, ...(SEED === undefined ? {} : { seed: SEED }) })
      ready = withTarget(plan, shop.url)
      say(`the embedded shop answers at ${shop.url}${faults.length > 0 ? ` with ${faults.join(', ')}` : ''}`)
    }
    if (spec) {
      // An open tunnel without a given target is the target itself.
      const { BASE_URL } = ready.settings
      const target = spec.kind === 'url' && spec.url === BASE_URL ? undefined : BASE_URL
      tunnel = await abortable((signal) => openTunnel(spec, { target, signal, say }))
      ready = withTarget(ready, tunnel.url, true)
    }
    return await work(ready)
  } finally {
    await tunnel?.close()
    await shop?.close()
  }
}
