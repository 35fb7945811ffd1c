/**
 * Calls and streams of gRPC: k6's `k6/net/grpc`, named, traced and with a deadline.
 *
 * @module loadwright/grpc
 */
export { code, ok, type Ended, type GrpcCode } from './codes.ts'
export { grpcClient, type CallOptions, type GrpcAnswer, type GrpcClient, type GrpcOptions } from './client.ts'
export { protos, protoset, type Definitions } from './definitions.ts'
export type { GrpcStream } from './stream.ts'
