import { nearest } from '../../../config/problem/nearest.ts'
import { quote } from '../../../config/problem/problem.ts'
import { MODULES } from '../../../testing/tables.ts'
import { REMOVED } from '../../k6/index.ts'
import { isGlobal, originOfNode, type Import } from '../../project/index.ts'
import type { ScriptPlace, Rule, Subject } from '../rule.ts'

const imports = ({ script }: Subject): readonly Import[] => script?.imports ?? []
const isKnown = (module: string): boolean => Object.hasOwn(MODULES, module) || module.startsWith('https://')
const isExtension = (module: string): boolean => module.startsWith('k6/x/')

/** Rules about what a script asks for beside itself. */
export const IMPORTS: readonly Rule[] = [
  {
    id: 'extension',
    severity: 'error',
    looks: 'extensions, `k6/x/…`, however they are asked for',
    why: 'exit 107: the agent’s k6 has none, and the form refuses them',
    fix: 'do without it, or reach it over HTTP',
    find: (subject) =>
      imports(subject)
        .filter(({ module }) => isExtension(module))
        .map(({ module, node }) => ({ at: node, got: quote(module) })),
  },
  {
    id: 'import',
    severity: 'error',
    looks:
      'modules other than k6’s own and `https://…`: files, packages, `http://…`, misspelt or removed ones',
    why: 'exit 107: a monitor is one file in an empty folder',
    fix: 'bundle it into the script: `loadwright build`',
    find: (subject) =>
      imports(subject)
        .filter(({ module, how }) => how !== 'dynamic' && !isKnown(module) && !isExtension(module))
        .map(({ module, node }) => ({ at: node, got: quote(module), ...insteadOf(module) })),
  },
  {
    id: 'import-name',
    severity: 'error',
    looks: 'names that a module of k6 does not export',
    why: 'k6 gives null for it, without a word: calling it throws a TypeError',
    fix: 'correct the name',
    find: (subject) => imports(subject).flatMap(unknownNames),
  },
  {
    id: 'commonjs',
    severity: 'warning',
    looks: '`require` and `exports` in the place of `import` and `export`',
    why: 'k6 runs it, but the form reads imports and exports only: it cannot see what the script needs',
    fix: 'let the bundler write modules: format esm',
    find: ({ script, kind }) => {
      if (!script) return []
      const uses = script.nodes.filter(
        (node) =>
          node.type === 'Identifier' &&
          /^(require|module|exports)$/.test(node.name) &&
          !script.bindings.get(node),
      )
      const resolved = uses.filter((node) =>
        isGlobal(originOfNode(node, script), (node as { name: string }).name),
      )
      const [first] = script.isModule
        ? resolved.filter((node) => node.type === 'Identifier' && node.name !== 'require')
        : resolved
      if (!first) return []
      if (script.isModule)
        return [{ at: first, got: '`module` or `exports` in a module', severity: 'error', why: MIXED }]
      const place: ScriptPlace = { at: first, got: 'a script in CommonJS' }
      return [kind === 'browser' ? { ...place, severity: 'error', why: UNSEEN } : place]
    },
  },
  {
    id: 'open',
    severity: 'error',
    looks: '`open()`, `k6/experimental/fs`, `k6/experimental/csv`',
    why: 'exit 107: a monitor is one file in an empty folder, and there is nothing to open',
    fix: 'put the data into the script (a pool of loadwright does), or fetch it from the target',
    find: ({ script }) => {
      if (!script) return []
      const modules = script.imports
        .filter(({ module }) => /^k6\/experimental\/(fs|csv)$/.test(module))
        .map(({ module, node }) => ({ at: node, got: quote(module) }))
      const calls = script.calls
        .filter(({ origin }) => isGlobal(origin, 'open') || isGlobal(origin, 'globalThis', 'open'))
        .map(({ node }) => ({ at: node, got: 'open()' }))
      return [...modules, ...calls]
    },
  },
  {
    id: 'grpc-load',
    severity: 'error',
    looks: '`load()` and `loadProtoset()` of a gRPC client',
    why: 'exit 107: a monitor is one file in an empty folder, and there is no .proto file; the archive of a cloud run has it',
    fix: 'use the server’s reflection, which a monitor may: client.connect(address, { reflect: true })',
    find: ({ script }) =>
      (script?.calls ?? [])
        .filter(
          ({ origin: { module, path } }) =>
            module === 'k6/net/grpc' && /^Client\.new\.load(Protoset)?$/.test(path.join('.')),
        )
        .map(({ node }) => ({ at: node, got: 'a definition from a file' })),
  },
]

const MIXED =
  'exit 107 where it is reached: k6 takes no mixture of modules and CommonJS, not even typeof module'
const UNSEEN = 'the form reads imports and exports only: it says “Script does not export any options”'

function insteadOf(module: string): Pick<ScriptPlace, 'why' | 'fix'> {
  const instead = REMOVED[module]
  if (instead !== undefined) return { why: 'exit 107: k6 2 has it no more', fix: `use ${instead}` }
  if (module.startsWith('http:')) return { why: 'exit 107: k6 imports over https only' }
  if (!module.startsWith('k6/')) return {}
  const near = nearest(module, Object.keys(MODULES))
  return {
    why: 'exit 107: k6 has no such module',
    fix: near === undefined ? `k6 has ${Object.keys(MODULES).join(', ')}` : `did you mean ${near}?`,
  }
}

function unknownNames({ module, names }: Import): ScriptPlace[] {
  const known = Object.hasOwn(MODULES, module) ? (MODULES[module] ?? '').split(' ') : undefined
  if (!known) return []
  return names
    .filter(({ name }) => name !== '*' && name !== 'default' && !known.includes(name))
    .map(({ name, node }) => {
      const near = nearest(name, known)
      return {
        at: node,
        got: `${quote(name)} of ${quote(module)}`,
        ...(near !== undefined && { fix: `did you mean ${near}?` }),
      }
    })
}
