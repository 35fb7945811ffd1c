import type { ReportData } from '../../cli/report/data.ts'
import { fakeReport } from './reportData.ts'

/** What a hostile target, or a careless author, may put into any text. */
export const HOSTILE = [
  '</script><script>globalThis.hacked = 1</script><!-- <img src=x onerror="globalThis.hacked = 1">',
  '\u0000\u001b[2J\u0007\u202e\u2028\ud800\uffff ]]> & " \' | ` @octocat #1 www.example.com https://evil.example [a](javascript:alert(1))',
].join('')

/** The made-up run with hostile text in whatever can be named, and a body of 1 MB. */
export function hostileReport(seed = 1): ReportData {
  const { record, timeline } = fakeReport(seed)
  const kept = ['state', 'verdict', 'kind', 'result', 'from', 'to', 'startedAt', 'endedAt', 'first', 'last']
  const poisoned = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string')
      return kept.includes(key) || key === 'origin' ? value : `${value}${HOSTILE}`
    if (Array.isArray(value)) return value.map((one) => poisoned(one))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poisoned(one, name)]))
  }
  const data = poisoned({ record, timeline }) as ReportData
  const [first] = data.record.failures
  if (first) {
    first.excerpt = HOSTILE.repeat(Math.ceil(2 ** 20 / HOSTILE.length))
    first.what = `${HOSTILE}${'x'.repeat(2 ** 20)}`
  }
  return data
}
