import type { AnyNode } from 'acorn'
import { K6_METRICS, PROTOCOL_METRICS } from '../../../config/thresholds/metricKinds.ts'
import { parseThresholdKey } from '../../../config/thresholds/thresholdKey.ts'
import { literalText, propertiesOf } from '../../project/index.ts'
import type { Rewrite } from './rewrite.ts'

/** A function that is run by scenarios. */
export interface Run {
  node: AnyNode
  name: string
  vus: number
}

/** What a script's options say that a suite takes. */
export interface ScriptOptions {
  thresholds: Record<string, string[]>
  vus: number | undefined
  /** Functions that scenarios name, with their numbers of VUs. */
  runs: ReadonlyMap<string, { name: string; vus: number }>
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
  const read: ScriptOptions = { thresholds: {}, vus: undefined, runs: new Map(), others: [] }
  const runs = new Map<string, { name: string; vus: number }>()
  for (const { name, value } of propertiesOf(node)) {
    if (name === 'thresholds') readThresholds(value, read, rewrite)
    else if (name === 'vus' && value.type === 'Literal') read.vus = Number(value.value)
    else if (name === 'scenarios') {
      for (const scenario of propertiesOf(value)) {
        const fields = propertiesOf(scenario.value)
        const exec = literalText(fields.find((field) => field.name === 'exec')?.value) ?? 'default'
        const vus = fields.find((field) => /^(?:vus|preAllocatedVUs|startVUs)$/.test(field.name))?.value
        runs.set(exec, {
          name: scenario.name,
          vus: vus?.type === 'Literal' && typeof vus.value === 'number' && vus.value > 0 ? vus.value : 1,
        })
      }
      read.others.push('scenarios (their shapes)')
    } else read.others.push(name)
  }
  return { ...read, runs }
}

function readThresholds(node: AnyNode, read: ScriptOptions, rewrite: Rewrite): void {
  for (const { name, value } of propertiesOf(node)) {
    const list = value.type === 'ArrayExpression' ? value.elements : [value]
    const texts = list.map((one) => literalText(one))
    const known = texts.filter((text) => text !== undefined)
    if (isOfK6(name) && known.length === texts.length) read.thresholds[name] = known
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
