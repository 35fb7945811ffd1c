import type { AnyResponse } from '../predicates.ts'

/**
 * The error of a tunnel that made this response itself, `ERR_NGROK_734` or `cloudflare 530` (Cloudflare's own statuses,
 * made at its edge when the origin cannot be reached, are 520–527 and 530); undefined where the target made it.
 */
export const tunnelError = ({
  status,
  headers,
}: Pick<AnyResponse, 'status' | 'headers'>): string | undefined => {
  if (status < 400) return undefined
  const [ngrok] = /^ERR_NGROK_\d+$/.exec(headers['Ngrok-Error-Code'] ?? '') ?? []
  const edge = headers.Server === 'cloudflare' && ((status >= 520 && status <= 527) || status === 530)
  return edge ? `cloudflare ${status}` : ngrok
}
