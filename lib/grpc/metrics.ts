import { outcomes } from '../outcomes.ts'

/** Calls, and those that failed: k6 knows their statuses, not which of them are expected. */
export const calls = outcomes({
  all: 'grpc_calls',
  failed: 'grpc_calls_failed',
  share: 'grpc_call_failed',
})
