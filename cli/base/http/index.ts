/** HTTP: servers of our own; a client for others', with foreign text made safe to print and reasons for a missing answer. */
export { openConnection, undici } from './dispatcher.ts'
export { noAnswerReason } from './noAnswerReason.ts'
export { openResponse, type OpenResponse } from './open.ts'
export { readBody } from './readBody.ts'
export { readPem } from './readPem.ts'
export { redactLine, secretWords } from './redactLine.ts'
export {
  askedMs,
  isTransient,
  request,
  type HttpRequest,
  type HttpResponse,
  type NoAnswer,
  type Retry,
} from './request.ts'
export { retryAfterMs } from './retryAfter.ts'
export { authority, closeServer } from './server.ts'
