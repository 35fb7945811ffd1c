import type { AnyNode, ObjectExpression } from 'acorn'
import type { ScriptPlace } from '../rule.ts'
import type { ParsedScript } from '../../project/index.ts'

type Found = { value: AnyNode } | { problem: ScriptPlace }

/**
 * What Synthetic Monitoring's form misses in the options of a browser script: it reads the text of
 * `export const options = {…}`, of the first scenario there only, and takes keys that are not quoted.
 */
export function literalOptions(script: ParsedScript): ScriptPlace[] {
  const options = exportedOptions(script)
  if ('problem' in options) return [options.problem]
  let at: AnyNode = options.value
  let path = 'options'
  for (const key of ['scenarios', undefined, 'options', 'browser', 'type'] as const) {
    const found = member(at, key, path, script)
    if ('problem' in found) return [found.problem]
    path = `${path}.${key ?? '<scenario>'}`
    // What the form looks at beside the browser's type.
    if (key === undefined) {
      const excess = excessOf(found.value, path, script)
      if (excess) return [excess]
    }
    at = found.value
  }
  if (at.type === 'Literal' && at.value === 'chromium') return []
  return [{ at, got: `${path} that is not the text "chromium"` }]
}

function exportedOptions({ program }: ParsedScript): Found {
  for (const node of program.body) {
    if (node.type !== 'ExportNamedDeclaration' || node.declaration?.type !== 'VariableDeclaration') continue
    const declared = node.declaration.declarations.find(
      ({ id }) => id.type === 'Identifier' && id.name === 'options',
    )
    if (!declared) continue
    if (declared.init?.type === 'ObjectExpression') return { value: declared.init }
    return { problem: { at: declared, got: '`options` that are not written out where they are exported' } }
  }
  return { problem: { got: 'no `export const options = {…}`' } }
}

/** A member of an object that is written out; without a key the first that has an unquoted one. */
function member(object: AnyNode, key: string | undefined, path: string, script: ParsedScript): Found {
  if (object.type !== 'ObjectExpression')
    return { problem: { at: object, got: `${path} that is not written out` } }
  const members = membersOf(object, script)
  if (!Array.isArray(members)) return { problem: members }
  const found = members.find(({ name }) => key === undefined || name === key)
  if (found) return { value: found.value }
  return { problem: { at: object, got: `${path} without ${key ?? 'a scenario'} under an unquoted key` } }
}

/** The members with unquoted keys, those of spread constants too; the place of a spread that cannot be read. */
function membersOf(
  object: ObjectExpression,
  script: ParsedScript,
): { name: string; value: AnyNode }[] | ScriptPlace {
  const members: { name: string; value: AnyNode }[] = []
  for (const property of object.properties) {
    if (property.type === 'SpreadElement') {
      const { argument } = property
      const init = argument.type === 'Identifier' ? script.bindings.get(argument)?.init : undefined
      const inner = init?.type === 'ObjectExpression' ? membersOf(init, script) : undefined
      if (!Array.isArray(inner)) return { at: property, got: 'a spread that the form cannot follow' }
      members.push(...inner)
    } else if (!property.computed && property.key.type === 'Identifier')
      members.push({ name: property.key.name, value: property.value })
  }
  return members
}

function excessOf(scenario: AnyNode, path: string, script: ParsedScript): ScriptPlace | undefined {
  const members = scenario.type === 'ObjectExpression' ? membersOf(scenario, script) : []
  if (!Array.isArray(members)) return members
  const found = members.find(
    ({ name, value }) =>
      name === 'duration' ||
      (/^(vus|iterations)$/.test(name) && !(value.type === 'Literal' && value.value === 1)),
  )
  return (
    found && { at: found.value, got: `${path}.${found.name}`, why: 'the form takes one VU and one iteration' }
  )
}
