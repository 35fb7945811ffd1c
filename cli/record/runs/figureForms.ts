import type { Form } from '../form.ts'

/** Forms by key; `?` ends the name of one that may be missing. */
export type Keys = Readonly<Record<string, Form>>

export const TEXTS: Form = { list: 'text' }
export const list = (keys: Keys): Form => ({ list: { keys } })

/** Texts that may be missing. */
export const texts = (...names: readonly string[]): Keys =>
  Object.fromEntries(names.map((name) => [`${name}?`, 'text' as const]))
export const TIMES: Keys = { 'p50?': 'number', 'p95?': 'number', 'p99?': 'number', 'mean?': 'number' }
export const SIGNALS: Form = list({ ...TIMES, signal: 'text', count: 'number', failed: 'number' })
const PHASE: Keys = {
  ...TIMES,
  phase: 'text',
  count: 'number',
  requests: 'number',
  failed: 'number',
  'signals?': SIGNALS,
}
const STEP: Keys = {
  ...TIMES,
  'phases?': list(PHASE),
  name: 'text',
  completed: 'number',
  requests: 'number',
  failed: 'number',
  'signals?': SIGNALS,
}
export const SOCKET: Keys = {
  ...texts('journey'),
  socket: 'text',
  sessions: 'number',
  'refused?': list({ status: 'text', count: 'number' }),
  connecting: { keys: TIMES },
  session: { keys: TIMES },
  sent: 'number',
  received: 'number',
}
export const CALL: Keys = {
  ...TIMES,
  ...texts('journey'),
  call: 'text',
  count: 'number',
  'failed?': 'number',
  statuses: list({ status: 'text', count: 'number' }),
  'streams?': { keys: { count: 'number', sent: 'number', received: 'number' } },
}
export const JOURNEY: Keys = {
  name: 'text',
  started: 'number',
  completed: 'number',
  failed: 'number',
  steps: list(STEP),
}
export const PAGE: Keys = {
  ...texts('journey'),
  page: 'text',
  vitals: list({ metric: 'text', count: 'number', p75: 'number', rating: 'text' }),
}
export const PAGE_REQUESTS: Keys = { ...TIMES, name: 'text', count: 'number', failed: 'number' }
export const FIGURES: Keys = { ...TIMES, ...texts('unit', 'meaning') }
