import type { AnyNode } from 'acorn'
import { quote } from '../../../config/problem/problem.ts'
import { GLOBALS, NEWER } from '../../k6/index.ts'
import { keyName, literalText, type ParsedScript } from '../../project/index.ts'
import type { ScriptPlace, Rule, Subject } from '../rule.ts'
import { secretIn, SECRET_NAME } from '../../../config/secrets.ts'

/** Rules about what stands in the code. */
export const CODE_RULES: readonly Rule[] = [
  {
    id: 'undefined-name',
    severity: 'warning',
    looks: 'names that neither the script nor k6 has: `fetch`, `process`, `URL`, `Intl` …',
    why: 'a ReferenceError where it is reached: at the top level exit 107',
    fix: 'import it, or do without: inside k6 there is neither Node nor a browser',
    find: (subject) => undefinedNames(subject),
  },
  {
    id: 'newer-engine',
    severity: 'warning',
    looks: `what only k6 2.2 has: ${Object.values(NEWER).flat().join(', ')}`,
    why: 'a monitor’s engine may be 2.1, where it is a ReferenceError, or null',
    fix: 'do without it, or ask for it first: typeof TextEncoder === "undefined"',
    find: ({ script }) => (script ? newer(script) : []),
  },
  {
    id: 'secret-literal',
    severity: 'warning',
    looks: 'texts that look like secrets: tokens, keys, passwords, credentials in a URL',
    why: 'everyone who may read the check, or an archive of the test, reads it too',
    fix: "keep it in Grafana’s secrets: import secrets from 'k6/secrets'; await secrets.get('name')",
    find: ({ script }) => (script ? secrets(script) : []),
  },
  {
    id: 'secret-name',
    severity: 'error',
    looks: 'names of secrets that cannot exist: at most 253 letters, digits, dashes, underscores',
    why: 'secrets.get() rejects',
    fix: 'use the name that the secret has in Grafana',
    find: ({ script }) =>
      (script?.calls ?? []).flatMap(({ node, origin }): ScriptPlace[] => {
        const name = literalText(node.arguments[0])
        const asks = origin.module === 'k6/secrets' && origin.path.join('.') === 'get'
        return asks && name !== undefined && !/^[\w-]{1,253}$/.test(name)
          ? [{ at: node, got: quote(name) }]
          : []
      }),
  },
  {
    id: 'unwalked',
    severity: 'warning',
    looks: 'a script that could not be walked to its end without k6',
    why: 'rules about metrics, tags, series and the verdict did not see the rest of it',
    fix: 'no fault by itself: see the script run with `loadwright dev` or under k6',
    find: ({ evaluation }) =>
      evaluation?.unseen === undefined || TOLD.test(evaluation.unseen)
        ? []
        : [{ at: 'the pass', got: evaluation.unseen }],
  },
]

/** Errors that have a rule of their own. */
const TOLD =
  /does not support async functions|invalid value for metric tag|unsupported protocol scheme|invalid URL|dynamic modules not enabled|is not defined$/

interface Stranger {
  name: string
  node: ScriptPlace['at']
}

const asPlace = ({ name, node }: Stranger): ScriptPlace => ({
  ...(node !== undefined && { at: node }),
  got: name,
})

/** Globals that are used without being asked for by `typeof` anywhere, each once. */
function strangers({ bindings, parents }: ParsedScript): Stranger[] {
  const asked = new Set<string>()
  const found = new Map<string, Stranger>()
  for (const [node, binding] of bindings) {
    if (binding || node.name === 'arguments') continue
    const parent = parents.get(node)
    if (parent?.type === 'UnaryExpression' && parent.operator === 'typeof') asked.add(node.name)
    else if (!isForPage(node, parents) && !found.has(node.name))
      found.set(node.name, { name: node.name, node })
  }
  return [...found.values()].filter(({ name }) => !asked.has(name))
}

/** Globals and imports that an older engine has not. */
function newer(script: ParsedScript): ScriptPlace[] {
  const imported = script.imports.flatMap(({ module, names }) =>
    names
      .filter(({ name }) => NEWER[module]?.includes(name))
      .map(({ name, node }) => ({ at: node, got: `${name} of ${module}` })),
  )
  const globals = strangers(script).filter(({ name }) => NEWER['']?.includes(name))
  return [...globals.map(asPlace), ...imported]
}

/** Calls whose functions run in a page, not in k6. */
const IN_PAGE = /^(evaluate|evaluateHandle|waitForFunction|addInitScript|\$eval|\$\$eval)$/

/** Whether a node is inside a function that is handed to a page. */
function isForPage(node: AnyNode, parents: ParsedScript['parents']): boolean {
  for (let at = node, up = parents.get(at); up !== undefined; at = up, up = parents.get(at))
    if (up.type === 'CallExpression' && up.callee !== at && up.callee.type === 'MemberExpression') {
      const name = keyName(up.callee.property, up.callee.computed)
      if (name !== undefined && IN_PAGE.test(name)) return true
    }
  return false
}

function undefinedNames({ script, evaluation }: Subject): ScriptPlace[] {
  const { well, broken, dead } = evaluation?.walks ?? {}
  const thrown = [well, broken, dead]
    .flatMap((walk) => walk?.errors ?? [])
    .flatMap(({ name, message }) =>
      name === 'ReferenceError' ? [/^(\S+) is not defined/.exec(message)?.[1]] : [],
    )
  return (script ? strangers(script) : [])
    .filter(({ name }) => !GLOBALS.has(name))
    .map((one) => ({ ...asPlace(one), ...(thrown.includes(one.name) && { severity: 'error' }) }))
}

/** Characters of a text that are looked at. */
const MAX_TEXT_CHARACTERS = 100_000

/** Texts that look like secrets; what they are is not repeated. */
function secrets({ nodes, parents }: ParsedScript): ScriptPlace[] {
  return nodes.flatMap((node): ScriptPlace[] => {
    const whole = node.type === 'Literal' || node.type === 'TemplateLiteral' ? literalText(node) : undefined
    if (whole === undefined) return []
    // A pool's rows are one text of megabytes.
    const text = whole.slice(0, MAX_TEXT_CHARACTERS)
    const kind = secretIn(text)
    if (kind !== undefined) return [{ at: node, got: `what looks like ${kind}` }]
    const parent = parents.get(node)
    const name =
      parent?.type === 'Property' && parent.value === node
        ? keyName(parent.key, parent.computed)
        : parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier'
          ? parent.id.name
          : undefined
    const given = /^\S{6,}$/.test(text) && !/^[*x.…-]+$|^<.*>$|^\$\{/i.test(text)
    return name !== undefined && SECRET_NAME.test(name) && given
      ? [{ at: node, got: `a text named ${quote(name)}` }]
      : []
  })
}
