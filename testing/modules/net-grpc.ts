import { moduleOf } from '../active.ts'

const stand = moduleOf('k6/net/grpc')

/** Stands in for `k6/net/grpc`. */
export default stand.default
/** The same by name. */
export const {
  Client,
  HealthCheckNotServing,
  HealthCheckServiceUnkown,
  HealthCheckServing,
  HealthCheckUnknown,
  StatusAborted,
  StatusAlreadyExists,
  StatusCanceled,
  StatusDataLoss,
  StatusDeadlineExceeded,
  StatusFailedPrecondition,
  StatusInternal,
  StatusInvalidArgument,
  StatusNotFound,
  StatusOK,
  StatusOutOfRange,
  StatusPermissionDenied,
  StatusResourceExhausted,
  StatusUnauthenticated,
  StatusUnavailable,
  StatusUnimplemented,
  StatusUnknown,
  Stream,
} = stand
