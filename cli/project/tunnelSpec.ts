import { unknownWord } from '../../config/problem/nearest.ts'
import { quote, type Problem } from '../../config/problem/problem.ts'
import { parseHttpUrl } from '../../config/url.ts'
import { refusal } from '../base/index.ts'

/** The tunnels that can be opened. */
export const TUNNELS = ['ngrok', 'cloudflared'] as const

/** What `--tunnel` says: a tunnel to be opened, or the public URL of one that is open. */
export type TunnelSpec = { kind: (typeof TUNNELS)[number] } | { kind: 'url'; url: string }

/** Reads the value of `--tunnel`. Throws UserError with what is allowed. */
export function tunnelSpec(text: string): TunnelSpec {
  const kind = TUNNELS.find((name) => name === text)
  if (kind) return { kind }
  const url = parseHttpUrl(text)?.base
  if (url !== undefined) return { kind: 'url', url }
  const problem: Problem = text.includes('/')
    ? {
        where: '--tunnel',
        got: quote(text),
        allowed: `${TUNNELS.join(', ')}, or an http or https URL without query`,
      }
    : unknownWord('--tunnel', text, [...TUNNELS, 'https://…'])
  throw refusal([problem])
}
