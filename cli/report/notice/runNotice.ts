import { number } from '../../base/index.ts'
import { loadedBy, textsOf, VERDICT_WORDS, type RunRecord } from '../../record/index.ts'
import type { Link, Notice } from '../../telemetry/index.ts'
import { readLimit } from '../limits.ts'

/** What receivers are told of a run that ended: the verdict and why, and the thresholds that were crossed. */
export function runNotice(record: RunRecord, links: readonly Link[]): Notice {
  const {
    id,
    suite,
    script,
    profile,
    environment,
    verdict,
    reasons,
    explanations = [],
    thresholds,
    totals,
  } = record
  const crossed = thresholds.filter(({ result }) => result === 'fail').map(readLimit)
  const [first = '', ...others] = textsOf(reasons)
  return {
    kind: 'run',
    verdict,
    title: `${VERDICT_WORDS[verdict]}: ${[script ?? suite, profile, environment].join(' · ')}`,
    text: first,
    details: [...others, ...explanations],
    figures: [
      ...crossed.map(({ metric, where, aggregation, value = '', limit, margin }) => {
        const name = `${aggregation} of ${metric}${where === '' ? '' : ` (${where})`}`
        return [name, [`${value}, limit ${limit}`, margin].filter(Boolean).join(', ')] as const
      }),
      ['requests', number(totals.requests)] as const,
      ['target', loadedBy(record)] as const,
    ],
    owners: [...new Set(crossed.flatMap(({ owner }) => owner ?? []))],
    links,
    run: id,
  }
}
