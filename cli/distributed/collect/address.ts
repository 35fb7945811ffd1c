import { hostname } from 'node:os'
import { quote } from '../../../config/problem/problem.ts'
import { refusal } from '../../base/index.ts'

/** Where a collector listens. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** Reads `127.0.0.1:9090`, `[::1]:9090`, `:9090` (every address of the machine) or a port alone. Throws UserError. */
export function addressOf(text: string): Address {
  const [, bracketed, plain, digits] = /^(?:(?:\[([\da-fA-F:.]+)\]|([\w.-]*)):)?(\d{1,5})$/.exec(text) ?? []
  const port = Number(digits)
  if (digits === undefined || port > 65_535)
    throw refusal([
      { where: '--listen', got: quote(text), allowed: 'an address with a port, such as 0.0.0.0:9090' },
    ])
  return { host: bracketed ?? (plain === '' ? '0.0.0.0' : (plain ?? '127.0.0.1')), port }
}

/** How others reach a collector that listens at every address: by the machine's name. */
export const reachable = (url: string): string => {
  const at = new URL(url)
  if (!['0.0.0.0', '[::]'].includes(at.hostname)) return url
  at.hostname = hostname()
  return at.origin
}
