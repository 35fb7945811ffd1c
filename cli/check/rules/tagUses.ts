import type { AnyNode } from 'acorn'
import { originOfNode, propertiesOf, type ParsedScript } from '../../project/index.ts'
import type { Subject } from '../rule.ts'

/** One tag that a script sets itself. */
export interface TagUse {
  key: string
  /** Where it is written, else the metric that carried it. */
  at: AnyNode | string
  /** Undefined where it goes to whatever follows. */
  metric?: string
  /** What carries it together with others: a metric, or tags that are written together. */
  with: unknown
  value?: string
}

/** Tags that k6 puts on samples itself. */
const SYSTEM = new Set(
  'check error error_code expected_response group method name proto scenario service status subproto tls_version url'.split(
    ' ',
  ),
)
/** Metrics of k6's own, whose samples carry system tags. */
const OF_K6 = /^(http_req|checks$|iteration|group_duration$|browser_|grpc_|ws_|data_)/

/** Every tag that a script sets: in its text, in its options, and on samples of its walks. */
export function tagUses({ script, evaluation }: Subject): TagUse[] {
  const written = script ? inText(script) : []
  const { options } = (evaluation?.exports ?? {}) as { options?: unknown }
  const { tags } = Object(options) as { tags?: unknown }
  const ofRun = Object.keys(Object(tags) as object).map((key) => ({
    key,
    at: `options.tags.${key}`,
    with: 'run',
  }))
  const { walks } = evaluation ?? {}
  const samples = walks ? [walks.well, walks.broken, walks.dead].flatMap((walk) => walk.samples) : []
  const carried = new Map<string, TagUse>()
  for (const { metric, tags: own } of samples)
    for (const [key, value] of Object.entries(own)) {
      const byK6 = SYSTEM.has(key) && (OF_K6.test(metric) || key === 'scenario' || key === 'group')
      if (!byK6)
        carried.set(`${metric} ${key}`, {
          key,
          metric,
          value,
          with: metric,
          at: `metric ${metric}, tag ${key}`,
        })
    }
  return [...written, ...ofRun, ...carried.values()]
}

/** Tags in the text: of `metric.add`, `check`, requests, and the VU. */
function inText(script: ParsedScript): TagUse[] {
  const calls = script.calls.flatMap(({ node, origin }): TagUse[] => {
    const path = origin.path.join('.')
    if (origin.module === 'k6/metrics' && path.endsWith('.new.add')) return keysOf(node.arguments[1])
    if (origin.module === 'k6' && path === 'check') return keysOf(node.arguments[2])
    if (origin.module !== 'k6/http') return []
    return node.arguments.flatMap((argument) =>
      propertiesOf(argument).flatMap(({ name, value }) => (name === 'tags' ? keysOf(value) : [])),
    )
  })
  const set = script.nodes.flatMap((node): TagUse[] => {
    if (node.type !== 'AssignmentExpression') return []
    const origin = originOfNode(node.left, script)
    const [, key] = /^vu\.(?:metrics\.)?tags\.([^.]+)$/.exec(origin?.path.join('.') ?? '') ?? []
    return origin?.module === 'k6/execution' && key !== undefined ? [{ key, at: node, with: 'VU' }] : []
  })
  return [...calls, ...set]
}

const keysOf = (node: AnyNode | undefined): TagUse[] =>
  propertiesOf(node).map(({ name, key }) => ({ key: name, at: key, with: node }))

/** Each key once, where it is written rather than where it was seen. */
export function byKey(uses: readonly TagUse[]): TagUse[] {
  const first = new Map<string, TagUse>()
  for (const use of uses) if (!first.has(use.key)) first.set(use.key, use)
  return [...first.values()]
}
