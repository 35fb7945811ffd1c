import type { AnyNode } from 'acorn'
import { K6_METRICS, PROTOCOL_METRICS } from '../../../config/thresholds/metricKinds.ts'
import { parseThresholdKey } from '../../../config/thresholds/thresholdKey.ts'
import { literalText, propertiesOf } from '../../project/index.ts'
import { loadIn, type ScriptLoad } from './load.ts'
import type { Rewrite } from './rewrite.ts'

/** What a script's options say that a suite takes. */
export interface ScriptOptions {
  thresholds: Record<string, string[]>
  /** What the options themselves ask for. */
  load: ScriptLoad | undefined
  /** Functions that scenarios name, with their load; undefined where nothing is written out. */
  runs: ReadonlyMap<string, ScriptLoad | undefined>
  /** What is left out, by its name. */
  others: string[]
}

/** Whether a threshold is of a metric that k6 has by itself, in a part that a suite has, too: groups have other names there. */
function isOfK6(key: string): boolean {
  const { metric = '', tags = {} } = parseThresholdKey(key) ?? {}
  return [K6_METRICS, PROTOCOL_METRICS].some((known) => Object.hasOwn(known, metric)) && !('group' in tags)
}

/** Reads `options`. */
export function optionsIn(node: AnyNode | undefined, rewrite: Rewrite): ScriptOptions {
  const read: ScriptOptions = { thresholds: {}, load: loadIn(node), runs: new Map(), others: [] }
  const runs = new Map<string, ScriptLoad | undefined>()
  const options = propertiesOf(node)
  const scenarios = propertiesOf(options.find(({ name }) => name === 'scenarios')?.value)
  const lost = new Set<string>()
  const tags = new Set<string>()
  for (const { value } of scenarios) {
    const fields = propertiesOf(value)
    const fieldOf = (wanted: string): AnyNode | undefined => fields.find(({ name }) => name === wanted)?.value
    runs.set(literalText(fieldOf('exec')) ?? 'default', loadIn(value))
    for (const { name } of fields) if (/^(?:tags|env|startTime|gracefulStop)$/.test(name)) lost.add(name)
    for (const { name } of propertiesOf(fieldOf('tags'))) tags.add(name)
  }
  for (const { name, value } of options) {
    if (name === 'thresholds') readThresholds(value, tags, read, rewrite)
    else if (name === 'scenarios') read.others.push(`scenarios (${['their shapes', ...lost].join(', ')})`)
    else if (name !== 'vus') read.others.push(name)
  }
  return { ...read, runs }
}

/** `tags` are those that only scenarios gave: nothing has them any more. */
function readThresholds(
  node: AnyNode,
  tags: ReadonlySet<string>,
  read: ScriptOptions,
  rewrite: Rewrite,
): void {
  for (const { name, value } of propertiesOf(node)) {
    const list = value.type === 'ArrayExpression' ? value.elements : [value]
    const texts = list.map((one) => literalText(one))
    const known = texts.filter((text) => text !== undefined)
    const isTagged = Object.keys(parseThresholdKey(name)?.tags ?? {}).some((tag) => tags.has(tag))
    if (isOfK6(name) && !isTagged && known.length === texts.length) read.thresholds[name] = known
    else
      rewrite.left.push({
        text: `the threshold of ${name.slice(0, 60)}: write it with the names of steps and metrics that the suite has`,
      })
  }
}

/** The functions that a module exports, by name; `default` is its default export. */
export function exportedFunctions(
  body: readonly AnyNode[],
): Map<string, { statement: AnyNode; node: AnyNode }> {
  const found = new Map<string, { statement: AnyNode; node: AnyNode }>()
  for (const statement of body) {
    if (statement.type === 'ExportDefaultDeclaration')
      found.set('default', { statement, node: statement.declaration })
    if (statement.type !== 'ExportNamedDeclaration' || !statement.declaration) continue
    const { declaration } = statement
    if (declaration.type === 'FunctionDeclaration')
      found.set(declaration.id.name, { statement, node: declaration })
    if (declaration.type !== 'VariableDeclaration') continue
    for (const { id, init } of declaration.declarations)
      if (id.type === 'Identifier' && init) found.set(id.name, { statement, node: init })
  }
  return found
}
