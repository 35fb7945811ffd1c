import type { Estimate, TunnelSpec } from '../../project/index.ts'

/** ngrok's free plan (ngrok docs, "Free plan limits"). */
const NGROK = { month: 20_000, minute: 4_000 }
/** Requests in flight of a quick tunnel (Cloudflare docs, TryCloudflare). */
const CLOUDFLARED = { inFlight: 200 }

/** The tunnel that a public host belongs to, as far as its name tells. */
export function tunnelKind(spec: TunnelSpec): 'ngrok' | 'cloudflared' | undefined {
  if (spec.kind !== 'url') return spec.kind
  if (/^https?:\/\/[^/]*\.ngrok(-free)?\.(app|dev|io)\b/.test(spec.url)) return 'ngrok'
  return /^https?:\/\/[^/]*\.trycloudflare\.com\b/.test(spec.url) ? 'cloudflared' : undefined
}

/** What of a run a tunnel's free plan would not carry, as sentences; none where it carries everything. */
export function quotaWarnings(
  spec: TunnelSpec,
  { requests, rate, vus, seconds }: Omit<Estimate, 'iterations' | 'known'>,
): string[] {
  const kind = tunnelKind(spec)
  const minute = Math.round(seconds < 60 ? requests : rate * 60)
  const warnings: string[] = []
  if (kind === 'ngrok' && requests > NGROK.month)
    warnings.push(
      `about ${requests} requests are planned: ngrok’s free plan answers ${NGROK.month} a month, then refuses (ERR_NGROK_727), and the run will be invalid`,
    )
  else if (kind === 'ngrok' && requests > NGROK.month / 4)
    warnings.push(
      `about ${requests} requests are planned: ${Math.round((100 * requests) / NGROK.month)} % of what ngrok’s free plan answers in a month`,
    )
  if (kind === 'ngrok' && minute > NGROK.minute)
    warnings.push(
      `up to ${minute} requests a minute are planned: ngrok’s free plan answers ${NGROK.minute}, then refuses (ERR_NGROK_734), and the run will be invalid`,
    )
  if (kind === 'cloudflared' && vus > CLOUDFLARED.inFlight)
    warnings.push(
      `up to ${vus} VUs are planned: a quick tunnel carries ${CLOUDFLARED.inFlight} requests at once, then answers 429, and the run will be invalid`,
    )
  return warnings
}
