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

/** Why k6 has not made a call. */
export const uncalled = (thrown: unknown): Ended => {
  const reason = reasonOf(thrown)
  const [, method] = /(?:^|: )method "\/?(.*)" not found in file descriptors$/.exec(reason) ?? []
  return method === undefined
    ? { code: 'UNKNOWN', error: `not called: ${reason}` }
    : { code: 'UNIMPLEMENTED', error: `the definitions have no method "${method}"` }
}

/** What was thrown, as a text. */
export const reasonOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown)

/** How a call ended, in one line. */
export const endOf = ({ code, error }: Ended): string => (error ? `${code}: ${error}` : code)
