import { GRPC_CODES } from '../../config/grpcCodes.ts'
import type { Predicate } from '../predicates.ts'

/** A status of gRPC by its name. */
export type GrpcCode = (typeof GRPC_CODES)[number]

/** The name of a status by its number. */
export const codeOf = (status: number): GrpcCode => GRPC_CODES[status] ?? 'UNKNOWN'

/** How a call ended. */
export interface Ended {
  readonly code: GrpcCode
  /** What the server said of it; empty where all went well. */
  readonly error: string
}

/** The call ended with one of these statuses. */
export const code = (...wanted: readonly GrpcCode[]): Predicate<Ended> =>
  Object.assign((ended: Ended) => wanted.includes(ended.code), { expected: wanted.join(' or '), got: endOf })

/** The call went well. */
export const ok = (): Predicate<Ended> => code('OK')

/** The error of a call for which there is no connection begins so. */
export const NO_CONNECTION = 'no connection: '

/** Why k6 has not made a call: of a connection that is gone it tells in Go's words for a status. */
export const uncalled = (thrown: unknown): Ended => {
  const reason = reasonOf(thrown)
  const [, method] = /(?:^|: )method "\/?(.*)" not found in file descriptors$/.exec(reason) ?? []
  if (method !== undefined)
    return { code: 'UNIMPLEMENTED', error: `the definitions have no method "${method}"` }
  const [, error] = /: rpc error: code = Unavailable desc = (.*)$/s.exec(reason) ?? []
  return error === undefined
    ? { code: 'UNKNOWN', error: `not called: ${reason}` }
    : { code: 'UNAVAILABLE', error: NO_CONNECTION + error }
}

/** What k6's own side says of a call that no server has ended: its connection was lost, or its part of it. */
const LOST =
  /^(?:connection error|error reading|closing transport|transport is|the (?:connection|stream) is|keepalive|stream terminated|server closed)/

/** The status of HTTP that a call ended with: 200 of gRPC's answers, that of a proxy's page, 0 where nobody has answered. */
export const httpStatusOf = ({ error }: Ended, isAnswered: boolean): number => {
  const [, status] = /^unexpected HTTP status code received from server: (\d+)/.exec(error) ?? []
  return Number(status ?? (isAnswered && !LOST.test(error) ? 200 : 0))
}

/** What was thrown, as a text. */
export const reasonOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown)

/** How a call ended, in one line. */
export const endOf = ({ code, error }: Ended): string => (error ? `${code}: ${error}` : code)
