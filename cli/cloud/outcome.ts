import { decided, judge, type Facts, type Judgement } from '../verdict/index.ts'
import { FIRST, LAST, type CloudFacts } from './rules.ts'

/** Facts of a run that nothing is wrong with, as far as k6 tells them here. */
const BLANK: Omit<Facts, 'k6' | 'rows' | 'targets'> = {
  interrupted: false,
  thresholds: [],
  checks: 0,
  failedChecks: 0,
  script: false,
  replaced: false,
  singlePass: false,
  iterations: 1,
  dropped: 0,
  tunnelErrors: 0,
}

/** Judges a run in the cloud: the first rule that applies decides the exit code. */
export function judgeCloud(facts: CloudFacts): Judgement {
  const { ended, console } = facts
  const first = decided(FIRST, facts)
  if (first) return first
  const known = judge({ ...BLANK, ...console, k6: 0 })
  if (known.verdict === 'invalid') return known
  const { code: k6, failure } = ended
  return (
    decided(LAST, facts) ?? judge({ ...BLANK, ...console, k6, ...(failure === undefined ? {} : { failure }) })
  )
}
