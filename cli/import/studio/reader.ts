import { refusal, refuse, truncate, UserError } from '../../base/index.ts'
import type { Reader } from '../reader.ts'
import type { Action, Note } from '../recording.ts'
import { readAction } from './action.ts'
import { isRecord, type Raw } from './raw.ts'
import { readThresholds, virtualUsers } from './options.ts'

/** The version of the format that k6 Studio writes. */
const VERSION = '1.0'

/** k6 Studio's browser tests, `*.k6b`: actions with locators, and options of a test. */
export const studio: Reader = {
  kind: 'a browser test of k6 Studio (.k6b)',
  knows: (_, json) =>
    isRecord(json) &&
    Array.isArray(json.actions) &&
    ('version' in json || 'options' in json || 'settings' in json),
  read(_, json) {
    const file = json as Raw & { actions: unknown[] }
    if (file.version !== VERSION)
      throw refusal([
        {
          where: 'version',
          got: file.version === undefined ? 'none' : truncate(JSON.stringify(file.version), 40),
          allowed: `"${VERSION}", as k6 Studio 2 writes it`,
          fix: 'Open the test in k6 Studio and save it again.',
        },
      ])
    if (file.actions.length === 0)
      throw new UserError('the browser test has no actions: record or write some in k6 Studio first')
    const problems: string[] = []
    const read = file.actions.map((raw, index) => readAction(raw, `action ${index + 1}`, problems))
    refuse(problems)
    const options = isRecord(file.options) ? file.options : {}
    const left: Note[] = []
    const thresholds = readThresholds(options, left)
    const vus = virtualUsers(options)
    return {
      kind: 'k6 Studio',
      journeys: [{ actions: onPages(read) }],
      left,
      ...(vus === undefined ? undefined : { vus }),
      ...(thresholds === undefined ? undefined : { thresholds }),
    }
  },
}

/** Each action on its page: what opens one is followed by what happens there. */
function onPages(actions: readonly Action[]): Action[] {
  let opened = 0
  return actions.map((action) => {
    const page = opened === 0 ? 'page' : `page${opened}`
    if (action.opens === undefined) return { ...action, page }
    opened++
    return { ...action, page, opens: `page${opened}` }
  })
}
