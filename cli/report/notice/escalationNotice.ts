import { plural } from '../../base/index.ts'
import type { Link, Notice } from '../../telemetry/index.ts'
import type { Escalated, FallenRun } from '../../verdict/index.ts'

/** What is told where an owner's SLOs fall again and again, with the runs that are counted. */
export function escalationNotice(
  { owner, state, fell, runs }: Escalated,
  { suite, environment }: { suite: string; environment: string },
  links: readonly Link[],
): Notice {
  const [newest] = runs
  const counted = `${fell} of the last ${plural(runs.length, 'run')} of ${suite} in ${environment}`
  return {
    kind: 'escalation',
    verdict: state === 'begins' ? 'fail' : 'pass',
    title: state === 'begins' ? `Escalation: SLOs of ${owner}` : `Escalation is over: SLOs of ${owner}`,
    text: `SLOs of ${owner} fell in ${counted}${state === 'begins' ? '' : ': fewer than the rule asks for'}`,
    details: runs.map((run) => runText(run, owner)),
    figures: [],
    owners: [owner],
    links,
    ...(newest === undefined ? {} : { run: newest.id }),
  }
}

/** `2026-11-22 09:30 boutique-…: p(95)<500 was crossed (612); approved by jana: …`. */
function runText({ id, startedAt, owners, approved }: FallenRun, owner: string): string {
  const fell = owners[owner] ?? []
  const [first = 'held', ...more] = fell
  const others = more.length > 0 ? `, and ${more.length} more` : ''
  const through = approved === undefined || fell.length === 0 ? '' : `; approved by ${approved}`
  return `${startedAt.slice(0, 16).replace('T', ' ')} ${id}: ${first}${others}${through}`
}
