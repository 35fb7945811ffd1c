import type { AnyNode, ImportDeclaration } from 'acorn'
import { transform } from 'esbuild'
import { UserError } from '../../base/index.ts'
import { parseScript, type ParsedScript } from '../../project/index.ts'
import { aboutOf } from '../about.ts'
import { lineDifference } from '../lineDifference.ts'
import type { Made } from '../made.ts'
import { SECRET, suiteText } from '../write/suite.ts'
import type { Value } from '../traffic/value.ts'
import { textNode } from '../write/requests/value.ts'
import { variableName } from '../write/variableName.ts'
import { addressIn } from './address.ts'
import { checks } from './checks.ts'
import { exportedFunctions, optionsIn } from './parts.ts'
import { keptImports, programOf, REWRITTEN } from './program.ts'
import { helpers } from './helpers.ts'
import { addressesIn, requests } from './requests.ts'
import { declares, k6Call, rewriteOf, type Rewrite } from './rewrite.ts'
import { withoutSecrets, type OpenScript } from './secrets.ts'
import { steps } from './steps.ts'

const KIND = 'a k6 script'

/** Whether a text is a script of k6, and no suite already. */
export const isK6Script = (text: string): boolean =>
  /\bfrom\s*['"]k6(?:\/http)?['"]/.test(text) &&
  !/['"](?:loadwright(?:\/\w+)?|@playwright\/test)['"]/.test(text)

/** Rewrites what of a k6 script can be rewritten by rules, as a first draft of a suite. Throws UserError where it cannot be read. */
export async function convertScript(text: string, file: string, name: string): Promise<Made> {
  const code = text.replace(/^\uFEFF/, '')
  const given = await scriptIn(code, file)
  const { source, script, ...open } = openScript(given)
  if (/['"]k6\/browser['"]/.test(source))
    throw new UserError(
      `${file} drives a browser: only scripts of requests can be imported. docs/browser.md says how such a journey is written`,
    )
  const functions = exportedFunctions(script.program.body)
  if (!functions.has('default') && functions.size === 0)
    throw new UserError(`${file}: the script exports no function that k6 could run`)
  const client = ['api', 'target', 'loadwrightApi'].find((one) => !declares(source, one)) ?? 'api'
  const base = baseIn(rewriteOf(source, script, []))
  const rewrite = rewriteOf(source, script, [steps, checks, helpers, requests(client, base)])
  const options = optionsIn(functions.get('options')?.node, rewrite)
  const plain = variableName(name)
  const variable = declares(source, plain) ? `${plain}Journey` : plain
  const program = programOf(rewrite, options, name, variable)
  if (program.journeys.length === 0)
    throw new UserError(`${file}: the script exports no function that k6 could run`)
  if (options.others.length > 0)
    rewrite.left.push({
      text: `of options: ${options.others.join(', ')}: a profile has the shape of load, the config what a project shares`,
    })
  const own = (script.program.body as AnyNode[]).filter(
    (node): node is ImportDeclaration => node.type === 'ImportDeclaration',
  )
  const known = own.filter(({ source: { value } }) => REWRITTEN.test(String(value)))
  const body = withoutUnused(program.text)
  const kept = keptImports(known, body)
  const sends = new RegExp(`\\b${client}\\.\\w+\\(`, 'g')
  const headers = open.user === undefined ? undefined : userHeader(open.user)
  const clients = sends.test(body)
    ? [
        `const ${client} = ${rewrite.use('client')}(${rewrite.use('settings')}().BASE_URL${headers?.options ?? ''})`,
      ]
    : []
  const encoding =
    clients.length > 0 &&
    headers &&
    !declares(source, 'encoding') &&
    !/\bencoding\b.*from\s*['"]k6\/encoding/.test(source)
      ? ["import encoding from 'k6/encoding'"]
      : []
  const made = suiteText({
    name,
    about: aboutOf(KIND, file, undefined),
    used: rewrite.used,
    door: 'loadwright',
    imports: [...kept, ...encoding, ...program.imports],
    before: [
      ...(open.variables.length > 0 ? [SECRET.replace('const secret =', `const ${open.reads} =`)] : []),
      ...clients,
      body,
    ],
    journeys: program.journeys.map(({ variable, load }) => ({ variable, text: '', ...load })),
    also: program.also,
    variable: `${plain}Suite`,
    secrets: false,
    vus: undefined,
    thresholds: options.thresholds,
  })
  const count = (pattern: RegExp): number => body.match(pattern)?.length ?? 0
  return {
    kind: KIND,
    name,
    text: made,
    files: [],
    counts: {
      journeys: program.journeys.length,
      steps: count(/\bstep\(/g),
      requests: count(sends),
      checks: count(/\bcheck\(/g),
    },
    steps: [],
    read: [],
    base: base?.startsWith('__ENV.') === true ? undefined : base,
    secrets: open.variables,
    left: rewrite.left,
    look: [
      ...rewrite.look,
      ...kept.flatMap((line) => {
        const [, url] = /'(https?:.*)'$/.exec(line) ?? []
        return url === undefined
          ? []
          : [{ text: `a suite imports nothing of the web: save ${url} beside it, and import that` }]
      }),
      ...(base?.startsWith('__ENV.') === true
        ? [{ text: `BASE_URL says what ${base} said: give it by --base-url` }]
        : []),
      ...(count(/\bstep\(/g) === 0
        ? [{ text: 'it has no groups: put what belongs together into step(…)' }]
        : []),
    ],
    changes: lineDifference(open.hide(given.source).trimEnd().split('\n'), made.trimEnd().split('\n')),
  }
}

/** A script without its secrets, read again. Throws where what came of it is no script. */
function openScript({
  source,
  script,
}: {
  source: string
  script: ParsedScript
}): OpenScript & { script: ParsedScript } {
  const base = baseIn(rewriteOf(source, script, []))
  const open = withoutSecrets(source, script, base?.replace(/\/\/[^/]*@/, '//'))
  const again = parseScript(open.source)
  if (again.script === undefined)
    throw new Error(`a script without its secrets cannot be read: ${again.problem?.message ?? ''}`)
  return { ...open, script: again.script }
}

/** What a client sends in the place of the user and the password of its address. */
const userHeader = (user: Value): { options: string } => ({
  options: `, {\n  headers: () => ({ Authorization: \`Basic \${encoding.b64encode(${textNode(user).text})}\` }),\n}`,
})

/** A script, without the types that it may have. */
async function scriptIn(code: string, file: string): Promise<{ source: string; script: ParsedScript }> {
  const { script } = parseScript(code)
  if (script?.isModule === true) return { source: code, script }
  const plain = await transform(code, { loader: 'ts', target: 'esnext', logLevel: 'silent' }).catch(
    () => undefined,
  )
  const parsed = plain && parseScript(plain.code)
  if (plain === undefined || parsed?.script?.isModule !== true) {
    const { problem } = parseScript(code)
    const line = problem === undefined ? 1 : code.slice(0, problem.offset).split('\n').length
    throw new UserError(
      `${file}: the script cannot be read: line ${line}: ${problem?.message ?? 'it is no module'}`,
    )
  }
  return { source: plain.code, script: parsed.script }
}

/** What most requests are to: an origin, or a variable of the shell. */
function baseIn(rewrite: Rewrite): string | undefined {
  const counts = new Map<string, number>()
  for (const node of rewrite.script.nodes) {
    if (node.type !== 'CallExpression' || k6Call(node, rewrite)?.module !== 'k6/http') continue
    for (const address of addressesIn(node)) {
      const own = addressIn(address, rewrite)?.base
      if (own !== undefined) counts.set(own, (counts.get(own) ?? 0) + 1)
    }
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}

/** A script without constants of addresses that nothing uses any more. */
const withoutUnused = (text: string): string =>
  text.replace(/^(?:const|let|var) (\w+) = (?:['"`]https?:\/\/|__ENV\b)[^\n]*\n*/gm, (line, name: string) =>
    (text.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0) > 1 ? line : '',
  )
