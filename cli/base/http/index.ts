/** The client of other servers, and what every caller needs of it: what it says made harmless, and what silence means. */
export { openConnection, undici, type Connection, type TlsOptions } from './dispatcher.ts'
export { noAnswerReason } from './noAnswerReason.ts'
export { openResponse, type OpenResponse } from './open.ts'
export { parseJson } from './parseJson.ts'
export { readPem } from './readPem.ts'
export { redactLine, secretWords } from './redactLine.ts'
export {
  askedMs,
  isTransient,
  request,
  type HttpRequest,
  type HttpResponse,
  type NoAnswer,
} from './request.ts'
export { retryAfterMs } from './retryAfter.ts'
