/** What lets Node trust a certificate that it does not know. */
const TRUST = 'name the file of its CA in NODE_EXTRA_CA_CERTS'

/** What a URL of the other kind comes to. */
const HINTS = [
  [/^ERR_SSL_(WRONG_VERSION|PACKET_LENGTH)/, 'it speaks no TLS, write http://'],
  [/^UND_ERR_SOCKET$/, 'it closed the connection, as a server of TLS does: is it https://?'],
] as const

/**
 * Why a server gave no answer, as words behind its name. `limit`: the milliseconds that it had, if they are known;
 * `untrusted`: what is said of a certificate of an unknown CA.
 */
export function noAnswerReason(
  error: Error,
  { limit, untrusted = TRUST }: { limit?: number; untrusted?: string } = {},
): string {
  if (error.name === 'TimeoutError')
    return `does not answer ${limit === undefined ? 'in time' : `within ${limit / 1000} s`}`
  // fetch has its reason in a cause. Both addresses of `localhost` refuse as one error, which has no message.
  const { code, message } = (error.cause ?? error) as NodeJS.ErrnoException
  const reason = code ?? message
  const [, hint] =
    [...HINTS, [/SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/, untrusted] as const].find(([of]) => of.test(reason)) ??
    []
  return `does not answer (${reason}${hint === undefined ? '' : `: ${hint}`})`
}
