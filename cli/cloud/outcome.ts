import { formatDuration } from '../../config/duration.ts'
import { EXIT } from '../base/index.ts'
import { judge, type Facts, type Judgement } from '../verdict/index.ts'
import type { CloudEnded } from './execute.ts'

/** What a verdict on a cloud run is made of: how k6 ended, and what it has read of the cloud's log. */
export interface CloudFacts {
  ended: CloudEnded
  console: Pick<Facts, 'rows' | 'targets' | 'setup' | 'said'>
  /** Milliseconds that it might take. */
  timeout: number
  /** Thresholds that the cloud judges; undefined where nobody knows. */
  thresholds: number | undefined
}

/** k6's exit codes of its own cloud commands (`errext/exitcodes/codes.go`); 255 is any error without a code. */
const K6 = { runFailed: 97, noProgress: 98, thresholds: 99, other: 255 } as const

/** Judges a run in the cloud: the first rule that applies decides the exit code. */
export function judgeCloud(facts: CloudFacts): Judgement {
  const { ended, console, timeout } = facts
  const { code, status, errors, link } = ended
  if (ended.interrupted)
    return invalid([`the run was interrupted before its end${whereabouts(ended)}`], EXIT.interrupted)
  if (ended.timedOut)
    return invalid([`the run did not end within ${formatDuration(timeout)} (--timeout)${whereabouts(ended)}`])
  const known = judge({ ...BLANK, ...console, k6: 0 })
  if (known.verdict === 'invalid') return known
  switch (code) {
    case 0:
      return status === 'Finished' ? byThresholds(facts) : invalid([unfinished(status)])
    case K6.thresholds:
      return {
        verdict: 'fail',
        reasons: ['a threshold was crossed, as Grafana Cloud judges it'],
        exitCode: EXIT.fail,
      }
    case K6.runFailed:
      return invalid([`Grafana Cloud ended the run with an error (status: ${status ?? 'unknown'})`])
    case K6.noProgress:
      return invalid(['Grafana Cloud never said how the run was doing'])
    case K6.other:
      return link === undefined ? unstarted(errors) : invalid([`k6 lost the run: ${lastOf(errors)}`])
    default:
      return judge({
        ...BLANK,
        ...console,
        k6: code,
        ...(ended.failure === undefined ? {} : { failure: ended.failure }),
      })
  }
}

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

const invalid = (reasons: string[], exitCode: number = EXIT.invalid): Judgement => ({
  verdict: 'invalid',
  reasons,
  exitCode,
})

function byThresholds({ thresholds }: CloudFacts): Judgement {
  if (thresholds === 0)
    return {
      verdict: 'inconclusive',
      reasons: ['nothing was judged: the script has no thresholds'],
      exitCode: EXIT.inconclusive,
    }
  const many = thresholds === undefined ? 'the thresholds' : `${thresholds} thresholds`
  return { verdict: 'pass', reasons: [`${many} held, as Grafana Cloud judges them`], exitCode: EXIT.pass }
}

/** An aborted run has no result, and k6 ends with 0 all the same. */
const unfinished = (status: string | undefined): string =>
  status === undefined
    ? 'k6 ended without saying how the run ended'
    : `the run was ended in Grafana Cloud before its time: ${status}`

/** Whether the run in the cloud is known to have ended with k6. */
function whereabouts({ killed, code, link, status }: CloudEnded): string {
  if (link === undefined) return ''
  return !killed && code !== undefined && status !== undefined
    ? ', and was aborted in Grafana Cloud'
    : `; it may be going on in Grafana Cloud: ${link}`
}

const lastOf = (errors: readonly string[]): string => errors.at(-1) ?? 'k6 has said why above'

/** What k6 says where it was asked wrongly, before it asks anybody. */
const MISUSE =
  /unknown (shorthand )?flag|invalid argument|envconfig|k6 cloud login|system tags|unspecified duration/

/** Why Grafana Cloud did not start a run: its answer, or that there was none. */
function unstarted(errors: readonly string[]): Judgement {
  const said = lastOf(errors)
  const status = Number(/\((\d{3})[/)]/.exec(said)?.[1])
  if ([401, 403].includes(status) || /auth settings|failed to authenticate|not allowed to/.test(said))
    return invalid(
      [
        `Grafana Cloud refused the token for this stack and project: ${said}. Check K6_CLOUD_TOKEN, K6_CLOUD_STACK_ID and K6_CLOUD_PROJECT_ID`,
      ],
      EXIT.refused,
    )
  if (MISUSE.test(said)) return invalid([`k6 refused it: ${said}`], EXIT.refused)
  if (status >= 400 && status < 500 && status !== 429)
    return invalid([`Grafana Cloud refused the test: ${said}`], EXIT.refused)
  return invalid([`Grafana Cloud did not start the run: ${said}`])
}
