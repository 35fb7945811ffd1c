import { parse, type AnyNode } from 'acorn'
import { secretIn } from '../../../config/secrets.ts'
import type { ParsedScript } from '../../project/index.ts'
import { percentDecoded } from '../percent.ts'
import { searchFor, type Search } from '../search.ts'
import { isKeyValue } from '../secrets/isKeyValue.ts'
import { isSecret } from '../secrets/isSecret.ts'
import { isRandom } from '../secrets/madeByMachine.ts'
import { isPublicName, isSecretName } from '../secrets/secretName.ts'
import { secretWords, withoutWords, wordName } from '../secrets/secretWords.ts'
import { divided } from '../traffic/divided.ts'
import { mapValue } from '../traffic/mapValue.ts'
import { code, isKind, mixed, type Change, type Code, type Mixed, type Value } from '../traffic/value.ts'
import { variableFor } from '../variableFor.ts'
import { textNode } from '../write/requests/value.ts'
import { literalName } from './literalName.ts'
import { declares, rewriteOf, type Rewrite, type Rule } from './rewrite.ts'

/** A script without its secrets. */
export interface OpenScript {
  source: string
  /** What reads a variable there: `secret`. */
  reads: string
  /** Variables of the shell that hold what was taken out. */
  variables: string[]
  /** The user and the password that addresses of the base had: a header says them in their place. */
  user: Value | undefined
  /** A script with `…` in the place of each secret, in comments too. */
  hide: (text: string) => string
}

/** What stands before a token in a header. */
const SCHEME = /^(?:Bearer|Basic|Digest|Token|ApiKey|JWT)\s*$/i
const SCHEMED = /^((?:Bearer|Basic|Token|ApiKey|JWT)\s+)(\S.*)$/is
/** The start of an address that has a user, with what comes before that. */
const USER = /^((?:https?|wss?):\/\/)([^\s/:@?#]*)(?::([^\s/@?#]*))?@([^\s/?#]*)/i

/** Takes each secret out of a script: what reads its variable is in its place. `base` is the origin that most requests are to. */
export function withoutSecrets(source: string, script: ParsedScript, base: string | undefined): OpenScript {
  const reads = declares(source, 'secret') ? 'readSecret' : 'secret'
  const secrets = new Map<string, string>()
  let user: Value | undefined
  const readOf = (variable: string): Code => code(`${reads}('${variable}')`)
  const read = (text: string, like: string): Value => {
    const variable = secrets.get(text) ?? variableFor(like, new Set(secrets.values()))
    secrets.set(text, variable)
    return readOf(variable)
  }
  const change =
    (search: Search | undefined): Change =>
    (value, name) => {
      const text = String(value)
      if (text.trim() === '' || SCHEME.test(text)) return value
      if (typeof value === 'number') {
        if (!isSecretName(name)) return value
        return mixed([code('Number('), read(text, name), code(')')])
      }
      const [, scheme = '', rest = text] = SCHEMED.exec(text) ?? []
      if (isSecret(name, text) || (!isPublicName(name) && isRandom(rest)))
        return scheme === '' ? read(rest, name) : mixed([scheme, read(rest, name)])
      for (const word of secretWords(name, text)) read(word, wordName(name, text, word))
      return search === undefined ? value : divided(search, value, readOf)
    }
  const withoutUser = (value: string | Mixed): string | Mixed => {
    const [first = '', ...rest] = typeof value === 'string' ? [value] : value.parts
    if (typeof first !== 'string') return value
    const [whole, scheme = '', own = '', password = '', host = ''] = USER.exec(first) ?? []
    if (whole === undefined) return value
    const [name, secret] = [percentDecoded(own), percentDecoded(password)]
    const pair = mixed(secret === '' ? [read(name, 'user'), ':'] : [name, ':', read(secret, 'password')])
    const isBase = scheme + host === base
    if (isBase) user ??= pair
    const encoded = isBase ? '' : mixed([encodedParts(pair), '@'])
    const made = mixed([scheme, encoded, host, first.slice(whole.length), ...rest])
    return typeof made === 'string' || isKind(made, 'mixed') ? made : value
  }
  const rule =
    (search?: Search): Rule =>
    (node, rewrite) =>
      changedText(node, rewrite, change(search), withoutUser)
  // The first pass finds them, the second puts them wherever else they are.
  rewriteOf(source, script, [rule()]).print(script.program)
  const search = searchFor(secrets)
  const made = rewriteOf(source, script, [rule(search)]).print(script.program)
  return {
    source: withoutComments(made, search.hide),
    reads,
    variables: [...new Set(secrets.values())].toSorted(),
    user,
    hide: (text) => search.hide(withoutComments(text, search.hide)),
  }
}

/** The user and the password as an address takes them. */
const encodedParts = (pair: Value): Value =>
  isKind(pair, 'mixed')
    ? mixed(
        pair.parts.map((part): Value =>
          typeof part === 'string'
            ? part.split(':').map(encodeURIComponent).join(':')
            : code(`encodeURIComponent(${part.text})`),
        ),
      )
    : pair

/** A text or a number of a script as source, with what is secret in it replaced; undefined where nothing is. */
function changedText(
  node: AnyNode,
  rewrite: Rewrite,
  change: Change,
  withoutUser: (value: string | Mixed) => string | Mixed,
): string | undefined {
  const { script } = rewrite
  const parent = script.parents.get(node)
  const value = valueOf(node, rewrite)
  if (value === undefined || parent === undefined || NO_VALUES.test(parent.type)) return undefined
  const isKey = (parent.type === 'Property' || parent.type === 'MemberExpression') && isKeyOf(parent, node)
  if (isKey) {
    if (typeof value !== 'string' || !isKeyValue(value)) return undefined
    const key = textNode(change(value, '')).text
    return parent.type === 'Property' && !parent.computed ? `[${key}]` : key
  }
  const open = typeof value === 'number' ? value : withoutUser(value)
  const changed = mapValue(open, literalName(node, script), change)
  if (JSON.stringify(changed) === JSON.stringify(value)) return undefined
  if (typeof value === 'number')
    return isKind(changed, 'mixed')
      ? changed.parts.map((part) => (typeof part === 'string' ? part : part.text)).join('')
      : undefined
  const { text } = textNode(changed)
  return parent.type === 'TaggedTemplateExpression' && !text.startsWith('`') ? `\`\${${text}}\`` : text
}

/** What has texts that are no values: modules, words of exports. */
const NO_VALUES = /^(?:Import|Export(?:All|Named|Specifier)|ExpressionStatement)/

const isKeyOf = (parent: AnyNode, node: AnyNode): boolean =>
  (parent.type === 'Property' && parent.key === node && parent.value !== node) ||
  (parent.type === 'MemberExpression' && parent.property === node)

/** A literal, or a template with its expressions as source. */
function valueOf(node: AnyNode, rewrite: Rewrite): string | number | Mixed | undefined {
  if (node.type === 'Literal')
    return typeof node.value === 'string' || typeof node.value === 'number' ? node.value : undefined
  if (node.type !== 'TemplateLiteral') return undefined
  const made = mixed(
    node.quasis.flatMap(({ value }, index): Value[] => {
      const expression = node.expressions[index]
      const own = value.cooked ?? value.raw
      return expression === undefined ? [own] : [own, code(rewrite.print(expression))]
    }),
  )
  return typeof made === 'string' || isKind(made, 'mixed') ? made : undefined
}

/** A script whose comments have no secrets: `…` is in their place. */
function withoutComments(source: string, hide: (text: string) => string): string {
  const comments: { start: number; end: number }[] = []
  parse(source, {
    ecmaVersion: 'latest',
    sourceType: 'module',
    onComment: (_, __, start, end) => comments.push({ start, end }),
  })
  const change: Change = (value, name) => {
    const text = String(value)
    if (isSecret(name, text) || isRandom(text)) return '…'
    const shown = withoutWords(name, hide(text))
    return shown === text ? value : shown
  }
  return comments.reduceRight((text, { start, end }) => {
    const comment = text.slice(start, end)
    const [, open = '', own = '', close = ''] = /^(\/\/|\/\*)(.*?)(\*\/)?$/s.exec(comment) ?? []
    const shown = mapValue(own, '', change)
    const made = typeof shown === 'string' && secretIn(shown) === undefined ? shown : ' …'
    return text.slice(0, start) + open + made + close + text.slice(end)
  }, source)
}
