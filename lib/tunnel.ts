import type { AnyResponse } from './predicates.ts'

/** Cloudflare's own statuses, made at its edge when the origin cannot be reached (520–527, 530). */
const CLOUDFLARE = [520, 521, 522, 523, 524, 525, 526, 527, 530]

/**
 * The error of a tunnel that made this response itself, `ERR_NGROK_734` or `cloudflare 530`; undefined where the
 * target made it.
 */
export const tunnelError = ({ status, headers }: AnyResponse): string | undefined => {
  if (status < 400) return undefined
  const ngrok = headers['Ngrok-Error-Code']
  if (ngrok !== undefined && /^ERR_NGROK_\d+$/.test(ngrok)) return ngrok
  return headers.Server === 'cloudflare' && CLOUDFLARE.includes(status) ? `cloudflare ${status}` : undefined
}

/** Where a response was made: by the target, or by the tunnel in front of it. */
export const origin = (response: AnyResponse): 'target' | 'tunnel' =>
  tunnelError(response) === undefined ? 'target' : 'tunnel'
