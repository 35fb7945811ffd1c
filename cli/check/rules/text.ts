import type { AnyNode } from 'acorn'
import { number } from '../../base/index.ts'
import type { ScriptPlace, Rule } from '../rule.ts'
import { ECMA_VERSION, literalText, MONITOR_BYTES, type SyntaxProblem } from '../../project/index.ts'

/** Rules about the text alone. */
export const TEXT: readonly Rule[] = [
  {
    id: 'size',
    severity: 'error',
    looks: `more than ${number(MONITOR_BYTES)} bytes of UTF-8`,
    why: 'Synthetic Monitoring’s form refuses it: “Script is too big”',
    fix: 'minify it, as `loadwright build` does; keep data out of it; or split the suite',
    find: ({ bytes }) => (bytes > MONITOR_BYTES ? [{ got: `${number(bytes)} bytes` }] : []),
  },
  {
    id: 'ascii',
    severity: 'warning',
    looks: 'characters beyond ASCII',
    why: 'what exports the check as Terraform code decodes it as Latin-1, and garbles them',
    fix: 'escape them: bundlers do (esbuild’s default charset)',
    find: ({ code }) => {
      // eslint-disable-next-line no-control-regex -- ASCII is what is looked for
      const at = code.search(/[^\u0000-\u007f]/)
      return at < 0 ? [] : [{ at, got: JSON.stringify(String.fromCodePoint(code.codePointAt(at) ?? 0)) }]
    },
  },
  {
    id: 'syntax',
    severity: 'error',
    looks: `what is not an ES${ECMA_VERSION} module: TypeScript, import attributes, \`using\`, decorators, errors`,
    why: 'exit 107, and the form refuses the script',
    fix: 'correct it; or build it: `loadwright build` makes plain JavaScript',
    find: ({ problem, code, script }) =>
      problem === undefined
        ? []
        : [{ at: problem.offset, ...syntaxPlace(problem, code, script !== undefined) }],
  },
  {
    id: 'engine-syntax',
    severity: 'error',
    looks:
      'syntax that k6’s engine does not have: async generators, `for await`, the flag `d`, dynamic `import()`',
    why: 'exit 107: k6 cannot read the script',
    fix: 'build it with a bundler that rewrites it (`loadwright build` does); import statically',
    find: ({ script }) => (script?.nodes ?? []).flatMap(unknownToEngine),
  },
  {
    id: 'directive',
    severity: 'error',
    looks: "`'use k6 …'`",
    why: 'the form refuses it, and the agent resolves no extensions',
    fix: 'take the directive out; choose k6’s version in the check',
    find: ({ script }) =>
      (script?.nodes ?? []).flatMap((node): ScriptPlace[] => {
        const text = node.type === 'ExpressionStatement' ? literalText(node.expression) : undefined
        return text !== undefined && /^use k6\b/.test(text) ? [{ at: node, got: JSON.stringify(text) }] : []
      }),
  },
]

function syntaxPlace(
  { message, offset }: SyntaxProblem,
  code: string,
  asCommonJs: boolean,
): Omit<ScriptPlace, 'at'> {
  if (asCommonJs)
    return {
      got: message,
      why: 'k6 reads it as CommonJS, and the form, which reads modules only, refuses it',
    }
  const [line = ''] = code.slice(code.lastIndexOf('\n', offset - 1) + 1).split('\n', 1)
  const fix = HINTS.find(([pattern]) => pattern.test(line))?.[1]
  return { got: message, ...(fix !== undefined && { fix }) }
}

/** What a line that is no JavaScript may be meant as. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [/\bimport\b.*\b(with|assert)\s*\{/, 'import attributes are newer: let a bundler put the data inside'],
  [/\b(await\s+)?using\s+\w+\s*=/, '`using` is newer: let a bundler lower it to ES2022'],
  [/^\s*@\w|[({;]\s*@\w/, 'decorators are no part of it: let a bundler lower them'],
  [
    /\b(interface|enum|namespace|type)\s+\w+|:\s*[\w<>[\]|{}]+\s*[=,)]|\bas\s+\w|\bimport\s+type\b|<\w+>\s*\(/,
    'it looks like TypeScript, which a monitor does not strip: build it, or name it .ts and check that',
  ],
]

function unknownToEngine(node: AnyNode): ScriptPlace[] {
  if (node.type.includes('Function') && 'async' in node && node.async && node.generator)
    return [{ at: node, got: 'an async generator' }]
  if (node.type === 'ForOfStatement' && node.await) return [{ at: node, got: '`for await`' }]
  if (node.type === 'Literal' && node.regex?.flags.includes('d'))
    return [{ at: node, got: 'the flag `d` of a regular expression' }]
  if (node.type === 'ImportExpression')
    return [
      {
        at: node,
        got: 'dynamic import()',
        why: 'k6 rejects every dynamic import; at the top level: exit 107',
      },
    ]
  return []
}
