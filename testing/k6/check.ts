import { hasSystemTag, needVu, push, type Core } from '../core.ts'
import { isAsyncFunction } from '../realm.ts'
import { withTags } from '../tags.ts'

type Predicate = (value: unknown) => unknown

/** k6's `check`. */
export const check =
  (core: Core) =>
  (...args: [value: unknown, checks?: unknown, tags?: unknown]): boolean => {
    needVu(core, 'Using check() in the init context is not supported')
    if (args.length < 2) throw new core.GoError('no checks provided to `check`')
    const [value, checks, extra] = args
    const common = withTags(core.vu.tags.all(), extra)
    if ('refused' in common) throw new core.GoError(common.refused)
    if (checks === undefined || checks === null) {
      throw new core.realm.TypeError('Cannot convert undefined or null to object')
    }
    const time = core.clock.now()
    let all = true
    for (const [name, wanted] of Object.entries(checks)) {
      if (name.includes('::')) throw new core.GoError("group and check names may not contain '::'")
      if (isAsyncFunction(wanted)) {
        throw new core.GoError(
          'the built-in check() does not support async functions as arguments. ' +
            'Use the JavaScript utils library as a replacement. ' +
            'Refer to https://grafana.com/docs/k6/latest/javascript-api/jslib/utils/check/ for more info',
        )
      }
      const tags = hasSystemTag(core, 'check') ? { ...common.tags, check: name } : common.tags
      const record = (ok: boolean) => {
        core.seen.checks.push({ name, ok, tags })
        push(core, core.registry.builtin('checks'), ok ? 1 : 0, tags, undefined, time)
        all &&= ok
      }
      try {
        record(
          core.checksHold || Boolean(typeof wanted === 'function' ? (wanted as Predicate)(value) : wanted),
        )
      } catch (error) {
        record(false)
        throw error
      }
    }
    return all
  }
