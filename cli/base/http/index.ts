/** What every client of somebody else's server needs: what it says made harmless, and what it means to say nothing. */
export { clean, secretsOf } from './clean.ts'
export { jsonOf } from './json.ts'
export { pemOf } from './pem.ts'
export { retryAfter } from './retryAfter.ts'
export { silenceOf } from './silence.ts'
