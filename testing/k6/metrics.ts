import { needVu, push, warn, type Core } from '../core.ts'
import { isNew } from '../realm.ts'
import { withTags } from '../tags.ts'
import { asText } from '../text.ts'
import type { MetricType } from '../types.ts'

const short = (text: string) =>
  text.length < 100
    ? text
    : `${text.slice(0, 50)}... omitting ${text.length - 100} characters ...${text.slice(-50)}`

/** The module `k6/metrics`. */
export function metricsModule(core: Core) {
  const constructor = (type: MetricType) => {
    // A function, because k6's constructors return a plain object: `instanceof` and `extends` do not work.
    return function (this: unknown, name?: unknown, isTime?: unknown) {
      if (!isNew(new.target)) throw new core.realm.TypeError('Constructor requires new')
      if (core.context !== 'init') throw new core.GoError('metrics must be declared in the init context')
      const metric = core.registry.declare(name === undefined ? '' : asText(name), type, Boolean(isTime))
      if (typeof metric === 'string') throw new core.GoError(metric)
      const declared = core.seen.metrics
      if (!declared.some((other) => other.name === metric.name)) {
        declared.push({ name: metric.name, type, isTime: metric.contents === 'time' })
      }
      const add = (...args: [value?: unknown, tags?: unknown]): boolean => {
        needVu(core, 'Adding to metrics in the init context is not supported')
        const [value, extra] = args
        const number = toNumber(value)
        if (number === undefined) {
          const expected = `for metric '${metric.name}', a number or a boolean value is expected`
          const sentence =
            args.length === 0
              ? `no value was provided ${expected}`
              : `'${short(text(value))}' is an invalid value ${expected}`
          if (core.options.throw === true) throw new core.GoError(sentence)
          warn(core, sentence)
          return false
        }
        const merged = withTags(core.vu.tags.all(), extra)
        if ('refused' in merged) {
          throw new core.GoError(`cannot add tags for the '${metric.name}' custom metric: ${merged.refused}`)
        }
        push(core, metric, number, merged.tags)
        return true
      }
      const object = new core.realm.Object() as object
      Object.defineProperty(object, 'name', { value: metric.name, enumerable: true })
      return Object.assign(object, { add })
    }
  }
  return {
    Counter: constructor('counter'),
    Gauge: constructor('gauge'),
    Rate: constructor('rate'),
    Trend: constructor('trend'),
  }
}

function toNumber(value: unknown): number | undefined {
  if (value === undefined || value === null || typeof value === 'symbol') return undefined
  const number = Number(value)
  if (Number.isNaN(number)) return undefined
  // As k6 has it: what is true but counts as 0, like [] or '0', is 1.
  return number === 0 && Boolean(value) ? 1 : number
}

const text = (value: unknown): string =>
  typeof value === 'object' && value !== null ? Object.prototype.toString.call(value) : String(value)
