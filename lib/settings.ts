import type { Reading } from '../config/settings/readSettings.ts'
import type { Settings, Variables } from '../config/settings/settings.ts'
import { PHASES_VARIABLE } from '../config/workload/phasesVariable.ts'
import { SETTINGS_ARRAY } from './catalog.ts'
import { deferred } from './deferred/index.ts'
import { SharedArray } from './k6.ts'

let env: Variables | undefined
let read: Pick<Reading, 'settings' | 'problems'>

/**
 * The settings of the running script: the first VU of a process that asks at init reads them for all. Throws one error
 * with every problem where any is wrong.
 */
export const settings = (): Settings => {
  if (env !== __ENV) {
    const before = env
    env = __ENV
    if (before === undefined) read = shared()
    // A scenario's own variables make another `__ENV`, seldom other settings.
    else if (
      Object.keys({ ...before, ...__ENV }).some(
        (name) => __ENV[name] !== before[name] && name !== PHASES_VARIABLE,
      )
    )
      read = deferred().reading()
  }
  return read.problems.length > 0 ? deferred().refuse() : read.settings
}

/** As text, since k6 freezes what is not, which takes three times the memory. After init nothing can be shared. */
const shared = (): typeof read => {
  try {
    const texts = new SharedArray<string>(SETTINGS_ARRAY, () => {
      const { settings, problems } = deferred().reading()
      return [JSON.stringify({ settings, problems })]
    })
    return JSON.parse(texts[0] as string) as typeof read
  } catch {
    return deferred().reading()
  }
}
