import { fields } from './literals.ts'
import type { Fields, Note } from './recording.ts'

/** Options of a browser's context that k6 has, by their names in k6. */
const KNOWN: Readonly<Record<string, string>> = {
  colorScheme: 'colorScheme',
  deviceScaleFactor: 'deviceScaleFactor',
  geolocation: 'geolocation',
  hasTouch: 'hasTouch',
  ignoreHTTPSErrors: 'ignoreHTTPSErrors',
  isMobile: 'isMobile',
  javaScriptEnabled: 'javaScriptEnabled',
  locale: 'locale',
  permissions: 'permissions',
  reducedMotion: 'reducedMotion',
  screen: 'screen',
  timezoneId: 'timezoneID',
  userAgent: 'userAgent',
  viewport: 'viewport',
}
/** Why others are left out. */
const WHY: Readonly<Record<string, string>> = {
  devices: 'the settings of a device: write its viewport and userAgent into `context`',
  extraHTTPHeaders: 'headers of the context: they may be secrets',
  httpCredentials: 'a user and a password of the context: write them into `context` by secret(…)',
  storageState: 'the session that was saved: the journey has to log in itself',
}

/** What of a context's options k6 has; what it has not is noted. */
export function k6Context(context: Fields | undefined, notes: Note[]): Fields | undefined {
  const kept = new Map<string, Fields['fields'][number][1]>()
  for (const [name, value] of context?.fields ?? []) {
    const own = KNOWN[name]
    if (own !== undefined && value !== null) kept.set(own, value)
    else if (name !== 'baseURL')
      notes.push({ text: WHY[name] ?? `the context's option ${name}: k6 has none such` })
  }
  return kept.size === 0 ? undefined : fields([...kept])
}
