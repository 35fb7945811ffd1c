import { formatDuration } from '../../config/duration.ts'
import { plural } from '../base/index.ts'
import { rule, type Facts, type VerdictStage } from '../verdict/index.ts'
import type { CloudEnded } from './execute.ts'

/** Input of a verdict on a cloud run: how k6 ended, and what its log says about the cloud. */
export interface CloudFacts {
  ended: CloudEnded
  console: Pick<Facts, 'rows' | 'targets' | 'setup' | 'said'>
  /** Milliseconds that it might take. */
  timeout: number
  /** Thresholds that the cloud judges; undefined if unknown. */
  thresholds: number | undefined
}

/** k6's exit codes of its own cloud commands (`errext/exitcodes/codes.go`); 255 is any error without a code. */
const K6 = { runFailed: 97, noProgress: 98, thresholds: 99, other: 255 } as const

/** Whether the run in the cloud is known to have ended with k6, and where it can be seen if it is not. */
const whereabouts = ({
  killed,
  code,
  link,
  status,
}: CloudEnded): { aborted: boolean; link: string | undefined } => ({
  aborted: link !== undefined && !killed && code !== undefined && status !== undefined,
  link,
})

const whereaboutsText = ({ aborted, link }: ReturnType<typeof whereabouts>): string =>
  aborted
    ? ', and was aborted in Grafana Cloud'
    : link === undefined
      ? ''
      : `; it may be going on in Grafana Cloud: ${link}`

const INTERRUPTED = rule({
  code: 'run-interrupted',
  about: 'Ctrl-C, or a signal, ended a cloud run; the reason says what became of it there',
  effect: 'interrupted',
  when: ({ ended }: CloudFacts) => (ended.interrupted ? [whereabouts(ended)] : []),
  say: (where) => `the run was interrupted before its end${whereaboutsText(where)}`,
})

const TIMED_OUT = rule({
  code: 'cloud-timed-out',
  about: 'a cloud run did not end in time (`--timeout`)',
  effect: 'invalid',
  when: ({ ended, timeout }: CloudFacts) => (ended.timedOut ? [{ ms: timeout, ...whereabouts(ended) }] : []),
  say: ({ ms, ...where }) =>
    `the run did not end within ${formatDuration(ms)} (--timeout)${whereaboutsText(where)}`,
})

/** What goes before all that k6 and the cloud say. */
export const FIRST: readonly VerdictStage<CloudFacts>[] = [{ decide: [INTERRUPTED] }, { decide: [TIMED_OUT] }]

// An aborted run has no result, and k6 ends with 0 all the same.
const ENDED_THERE = rule({
  code: 'cloud-ended-early',
  about: 'a cloud run was ended in Grafana Cloud before its time, or k6 does not say how it ended',
  effect: 'invalid',
  when: ({ ended: { code, status } }: CloudFacts) =>
    code === 0 && status !== 'Finished' ? [{ status }] : [],
  say: ({ status }) =>
    status === undefined
      ? 'k6 ended without saying how the run ended'
      : `the run was ended in Grafana Cloud before its time: ${status}`,
})

const NOTHING_JUDGED = rule({
  code: 'nothing-judged',
  about: 'the script of a cloud run has no thresholds',
  effect: 'inconclusive',
  when: ({ ended, thresholds }: CloudFacts) => (ended.code === 0 && thresholds === 0 ? [{}] : []),
  say: () => 'nothing was judged: the script has no thresholds',
})

const HELD = rule({
  code: 'thresholds-held',
  about: 'Grafana Cloud says that the thresholds of a cloud run held',
  effect: 'pass',
  when: ({ ended, thresholds }: CloudFacts) => (ended.code === 0 ? [{ thresholds }] : []),
  say: ({ thresholds }) =>
    `${thresholds === undefined ? 'the thresholds' : plural(thresholds, 'threshold')} held, as Grafana Cloud judges them`,
})

const CROSSED = rule({
  code: 'threshold-crossed',
  about: 'Grafana Cloud says that a threshold of a cloud run was crossed',
  effect: 'fail',
  when: ({ ended }: CloudFacts) => (ended.code === K6.thresholds ? [{}] : []),
  say: () => 'a threshold was crossed, as Grafana Cloud judges it',
})

const FAILED = rule({
  code: 'cloud-failed',
  about: 'Grafana Cloud ended the run with an error',
  effect: 'invalid',
  when: ({ ended: { code, status = 'unknown' } }: CloudFacts) => (code === K6.runFailed ? [{ status }] : []),
  say: ({ status }) => `Grafana Cloud ended the run with an error (status: ${status})`,
})

const SILENT = rule({
  code: 'cloud-silent',
  about: 'Grafana Cloud never said how the run was doing',
  effect: 'invalid',
  when: ({ ended }: CloudFacts) => (ended.code === K6.noProgress ? [{}] : []),
  say: () => 'Grafana Cloud never said how the run was doing',
})

const lastOf = ({ ended }: CloudFacts): string => ended.errors.at(-1) ?? 'k6 has said why above'

const LOST = rule({
  code: 'cloud-lost',
  about: 'k6 lost a run that had begun in Grafana Cloud',
  effect: 'invalid',
  when: (facts: CloudFacts) =>
    facts.ended.code === K6.other && facts.ended.link !== undefined ? [{ why: lastOf(facts) }] : [],
  say: ({ why }) => `k6 lost the run: ${why}`,
})

/** Messages of k6 about wrong arguments, before it sends a request. */
const MISUSE =
  /unknown (shorthand )?flag|invalid argument|envconfig|k6 cloud login|system tags|unspecified duration/

/** Why a run was not started there: its last words, where they mean this. */
const unstarted =
  (isMeant: (why: string, status: number) => boolean) =>
  (facts: CloudFacts): { why: string }[] => {
    const { code, link } = facts.ended
    const why = lastOf(facts)
    if (code !== K6.other || link !== undefined) return []
    return isMeant(why, Number(/\((\d{3})[/)]/.exec(why)?.[1])) ? [{ why }] : []
  }

const TOKEN_REFUSED = rule({
  code: 'cloud-token-refused',
  about: 'Grafana Cloud refused the token',
  effect: 'refused',
  when: unstarted(
    (why, status) =>
      [401, 403].includes(status) || /auth settings|failed to authenticate|not allowed to/.test(why),
  ),
  say: ({ why }) =>
    `Grafana Cloud refused the token for this stack and project: ${why}. Check K6_CLOUD_TOKEN, K6_CLOUD_STACK_ID and K6_CLOUD_PROJECT_ID`,
})

const MISUSED = rule({
  code: 'options-refused',
  about: 'k6 did not take what a cloud run asked of it',
  effect: 'refused',
  when: unstarted((why) => MISUSE.test(why)),
  say: ({ why }) => `k6 refused it: ${why}`,
})

const REFUSED = rule({
  code: 'cloud-refused',
  about: 'Grafana Cloud refused the test',
  effect: 'refused',
  when: unstarted((_, status) => status >= 400 && status < 500 && status !== 429),
  say: ({ why }) => `Grafana Cloud refused the test: ${why}`,
})

const NOT_STARTED = rule({
  code: 'cloud-not-started',
  about: 'Grafana Cloud did not start the run',
  effect: 'invalid',
  when: unstarted(() => true),
  say: ({ why }) => `Grafana Cloud did not start the run: ${why}`,
})

/** Messages of k6 and the cloud about the end of the run, if the library has logged nothing. */
export const LAST: readonly VerdictStage<CloudFacts>[] = [
  ...[ENDED_THERE, NOTHING_JUDGED, HELD, CROSSED, FAILED, SILENT, LOST],
  ...[TOKEN_REFUSED, MISUSED, REFUSED, NOT_STARTED],
].map((row) => ({ decide: [row] }))
