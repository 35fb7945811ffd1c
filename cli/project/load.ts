import type { Shape } from '../../config/workload/shape.ts'
import { flagsOf } from '../k6/index.ts'
import type { RunLoad } from '../record/index.ts'
import { shortcut } from './inspect.ts'
import type { Plan } from './plan.ts'
import { segmentOf } from './segment.ts'

/** What k6's arguments make of a plan's load. */
export function loadOf(
  args: readonly string[],
  { script, manifest }: Pick<Plan, 'script' | 'manifest'>,
): RunLoad {
  const replaced = replacesScenarios(args)
  const segment = segmentOf(args, manifest.options)
  return {
    replaced,
    singlePass: script === undefined && isSinglePass(args),
    ...(segment ? { segment } : {}),
    ...(replaced ? { scenarios: replacedBy(args) } : {}),
  }
}

/** Whether arguments make k6 replace the suite's scenarios by one `default`, which has no phases. */
function replacesScenarios(args: readonly string[]): boolean {
  return flagsOf(args).some(({ name }) => ['iterations', 'vus', 'duration', 'stage'].includes(name))
}

/** The scenario that k6 runs where arguments make it replace all others; none where they do not. */
function replacedBy(args: readonly string[]): Record<string, Shape> {
  if (!replacesScenarios(args)) return {}
  const flags = flagsOf(args)
  const last = Object.fromEntries(flags.map(({ name, value }) => [name, value]))
  const stages = flags
    .filter(({ name }) => name === 'stage')
    .flatMap(({ value = '' }) => value.split(','))
    .map((stage) => stage.split(':', 2))
    .map(([duration = '', target]) => ({ duration, target: Number(target) }))
  return shortcut({
    vus: last.vus === undefined ? null : Number(last.vus),
    iterations: last.iterations === undefined ? null : Number(last.iterations),
    duration: last.duration ?? null,
    stages,
  })
}

/** Whether arguments make k6 run one iteration by one VU: a single pass, which judges itself. */
function isSinglePass(args: readonly string[]): boolean {
  const last = Object.fromEntries(flagsOf(args).map(({ name, value }) => [name, value]))
  return last.iterations === '1' && (last.vus ?? '1') === '1' && last.stage === undefined
}
