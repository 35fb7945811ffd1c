import { hasSystemTag, needVu, push, worked, type Core } from '../core.ts'
import { isAsyncFunction } from '../realm.ts'
import { asText } from '../text.ts'
import { check } from './check.ts'
import { seededRandom } from './random.ts'

type Fn = (...args: unknown[]) => unknown

/** The module `k6`. */
export function k6Module(core: Core) {
  const group = (name: string, fn: unknown) => {
    needVu(core, 'Using group() in the init context is not supported')
    if (typeof fn !== 'function') throw new core.GoError('group() requires a callback as a second argument')
    if (isAsyncFunction(fn)) {
      throw new core.GoError(
        'group() does not support async functions as arguments, ' +
          'please see https://grafana.com/docs/k6/latest/javascript-api/k6/group/ for more info',
      )
    }
    const label = asText(name)
    if (label.includes('::')) throw new core.GoError("group and check names may not contain '::'")
    const { tags } = core.vu
    const outer = tags.all().group ?? ''
    const path = outer === '' && label === '' ? '' : `${outer}::${label}`
    const tagged = hasSystemTag(core, 'group')
    if (tagged) tags.object.group = path
    core.seen.groups.push(path)
    const start = core.clock.now()
    try {
      return (fn as Fn)()
    } finally {
      push(core, core.registry.builtin('group_duration'), core.clock.now() - start, tags.all())
      if (tagged) tags.object.group = outer
    }
  }
  return {
    check: check(core),
    group,
    sleep: (seconds?: unknown) => {
      // Not in VU code only: k6 lets a script sleep at init.
      if (core.context !== 'init') needVu(core, '')
      worked(core)
      const wanted = Number(seconds)
      core.seen.sleeps.push(wanted)
      core.clock.advance(wanted * 1000)
    },
    fail: (message?: unknown) => {
      throw new core.GoError(message === undefined ? '' : asText(message))
    },
    randomSeed: (seed: unknown) => {
      core.realm.Math.random = seededRandom(Number(seed))
    },
  }
}
