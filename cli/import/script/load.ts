import type { AnyNode } from 'acorn'
import { parseDuration } from '../../../config/duration.ts'
import { literalText, propertiesOf } from '../../project/index.ts'

/** The load of a journey: virtual users, or iterations per second. */
export type ScriptLoad = { vus: number } | { rate: number }

/** The load that options or a scenario of k6 have at their most: what shape it has, a profile says. */
export function loadIn(node: AnyNode | undefined): ScriptLoad | undefined {
  const fields = new Map(propertiesOf(node).map(({ name, value }) => [name, value]))
  const executor = literalText(fields.get('executor')) ?? ''
  const targets = stagesIn(fields.get('stages')).map((stage) => numberIn(stage.get('target')))
  const most = (...names: readonly string[]): number =>
    Math.max(0, ...targets, ...names.map((name) => numberIn(fields.get(name))))
  if (executor.endsWith('arrival-rate')) {
    const unit = parseDuration(literalText(fields.get('timeUnit')) ?? '1s') ?? 1000
    const rate = Math.round((most('rate', 'startRate') * 1_000_000) / unit) / 1000
    if (rate > 0) return { rate }
  }
  const vus = most('vus', 'startVUs') || numberIn(fields.get('preAllocatedVUs'))
  return vus > 0 ? { vus } : undefined
}

const stagesIn = (node: AnyNode | undefined): ReadonlyMap<string, AnyNode>[] =>
  node?.type === 'ArrayExpression'
    ? node.elements.map((one) => new Map(propertiesOf(one).map(({ name, value }) => [name, value])))
    : []

/** A number that is written out; 0 for any other. */
const numberIn = (node: AnyNode | undefined): number =>
  node?.type === 'Literal' && typeof node.value === 'number' ? node.value : 0
