import { literalText, originOfNode, propertiesOf, quoted } from '../../project/index.ts'
import type { AnyNode, CallExpression } from 'acorn'
import { addressIn } from './address.ts'
import { k6Call, placeOf, type Rewrite, type Rule } from './rewrite.ts'

const METHODS = new Set(['get', 'head', 'options', 'post', 'put', 'patch', 'del', 'request', 'asyncRequest'])

/** Requests of `k6/http` become a client's, each with a name; `base` is what the client’s address is. */
export const requests =
  (client: string, base: string | undefined): Rule =>
  (node, rewrite) => {
    const called = k6Call(node, rewrite)
    if (node.type !== 'CallExpression' || called?.module !== 'k6/http') return undefined
    if (called.name === 'batch') {
      const text = batchText(node, client, base, rewrite)
      if (text === undefined)
        rewrite.left.push({
          place: placeOf(node, rewrite),
          text: `http.batch() stays: write its requests as objects of ${client}.batch()`,
        })
      return text
    }
    if (!METHODS.has(called.name)) return undefined
    return requestText(node, called.name, client, base, rewrite)
  }

function requestText(
  node: CallExpression,
  method: string,
  client: string,
  base: string | undefined,
  rewrite: Rewrite,
): string {
  const takesMethod = method === 'request' || method === 'asyncRequest'
  const given = [...node.arguments] as AnyNode[]
  const verb = takesMethod ? given.shift() : undefined
  const [url, second, third] = given
  const hasBody = !['get', 'head'].includes(method)
  const [body, params] = hasBody ? [second, third] : [undefined, second]
  const { path, options } = requestFields(node, { method, url, body, params }, base, rewrite)
  const first = verb === undefined ? '' : `${rewrite.print(verb)}, `
  const start = `${client}.${method}(${first}${path}, {`
  const indent = indentOf(node, rewrite)
  const line = `${start} ${options.join(', ')} })`
  return indent.length + line.length <= MAX_CHARACTERS
    ? line
    : `${start}\n${options.map((option) => `${indent}  ${option},\n`).join('')}${indent}})`
}

const indentOf = (node: AnyNode, { code }: Rewrite): string =>
  /^[ \t]*/.exec(code.slice(code.lastIndexOf('\n', node.start) + 1))?.[0] ?? ''

/** What a call of k6 says of a request. */
interface Asked {
  method: string
  url?: AnyNode | undefined
  body?: AnyNode | undefined
  params?: AnyNode | undefined
}

/** Requests side by side; undefined where they are not all written out. */
function batchText(
  node: CallExpression,
  client: string,
  base: string | undefined,
  rewrite: Rewrite,
): string | undefined {
  const [list] = node.arguments
  if (list?.type !== 'ArrayExpression') return undefined
  const asked = list.elements.map(askedIn)
  if (asked.length === 0 || asked.includes(undefined)) return undefined
  const indent = indentOf(node, rewrite)
  const lines = asked.flatMap((one) => {
    if (one === undefined) return []
    const { path, options } = requestFields(one.url ?? node, one, base, rewrite)
    const fields = [`method: ${quoted(one.method)}`, `path: ${path}`, ...options]
    const line = `${indent}  { ${fields.join(', ')} },\n`
    return line.length <= MAX_CHARACTERS
      ? line
      : `${indent}  {\n${fields.map((field) => `${indent}    ${field},\n`).join('')}${indent}  },\n`
  })
  return `${client}.batch([\n${lines.join('')}${indent}])`
}

/** A request of a batch: an address, `['POST', url, body, params]`, or an object of these; undefined of another one. */
function askedIn(node: AnyNode | null): Asked | undefined {
  if (node === null || node.type === 'SpreadElement') return undefined
  if (node.type === 'ArrayExpression') {
    const [verb, url, body, params] = node.elements
    const method = verb ? literalText(verb) : undefined
    const isPlain = node.elements.every((one) => one !== null && one.type !== 'SpreadElement')
    return method === undefined || !url || !isPlain
      ? undefined
      : { method, url, body: body ?? undefined, params: params ?? undefined }
  }
  if (node.type !== 'ObjectExpression') return isText(node) ? { method: 'GET', url: node } : undefined
  const fields = propertiesOf(node)
  const field = (name: string): AnyNode | undefined => fields.find((one) => one.name === name)?.value
  const verb = field('method')
  const method = verb === undefined ? 'GET' : literalText(verb)
  const url = field('url')
  return method === undefined || url === undefined || fields.length < node.properties.length
    ? undefined
    : { method, url, body: field('body'), params: field('params') }
}

/** What may be the address of a request, or of those of a batch. */
export const addressesIn = ({ arguments: [first, second] }: CallExpression): AnyNode[] =>
  first?.type === 'ArrayExpression'
    ? first.elements.flatMap((one) => askedIn(one)?.url ?? [])
    : [first, second].filter((one) => one !== undefined)

/** Whether an element is an address by itself: what a variable holds may be a request of another form. */
const isText = (node: AnyNode): boolean =>
  literalText(node) !== undefined ||
  node.type === 'TemplateLiteral' ||
  (node.type === 'BinaryExpression' && node.operator === '+')

/** The path of a request, and its fields as source. */
function requestFields(
  node: AnyNode,
  { method, url, body, params }: Asked,
  base: string | undefined,
  rewrite: Rewrite,
): { path: string; options: string[] } {
  const address = url && addressIn(url, rewrite)
  const own = address !== undefined && (address.base === undefined || address.base === base)
  const path = own ? address.path : url === undefined ? "''" : rewrite.print(url)
  const fields = paramFields(params, rewrite)
  const bodyField = body && bodyText(body, rewrite)
  const name = fields.name ?? (address === undefined ? undefined : quoted(address.name))
  if (name === undefined || (fields.name === undefined && address?.isOpen === true))
    rewrite.look.push({
      place: placeOf(node, rewrite),
      text: 'its address is made elsewhere: give the request a name',
    })
  if (address?.base !== undefined && address.base !== base)
    rewrite.look.push({
      place: placeOf(node, rewrite),
      text: `${address.base} is another target: its host has to be in the hosts of an environment`,
    })
  const others = fields.others.filter(
    (field) => bodyField?.startsWith('json:') !== true || !JSON_HEADER.test(field),
  )
  const options = [`name: ${name ?? quoted(method)}`, ...(bodyField ? [bodyField] : []), ...others]
  return { path, options }
}

/** A longer line has a field a line; what stands in front of it is not counted. */
const MAX_CHARACTERS = 90
/** What a client says of JSON by itself. */
const JSON_HEADER = /^headers: \{\s*['"]Content-Type['"]: ['"]application\/json['"],?\s*\}$/i

/** What a request carries: JSON, a form, or text. */
function bodyText(body: AnyNode, rewrite: Rewrite): string | undefined {
  if (body.type === 'Literal' && body.value === null) return undefined
  if (body.type === 'Identifier' && body.name === 'undefined') return undefined
  const json = jsonIn(body, rewrite)
  if (json !== undefined) return `json: ${rewrite.print(json)}`
  const init = body.type === 'Identifier' ? rewrite.script.bindings.get(body)?.init : undefined
  const form = body.type === 'ObjectExpression' || init?.type === 'ObjectExpression'
  return `${form ? 'form' : 'body'}: ${rewrite.print(body)}`
}

/** What `JSON.stringify` gets, where a body is made by it. */
function jsonIn(body: AnyNode, { script }: Rewrite): AnyNode | undefined {
  if (body.type !== 'CallExpression' || body.arguments.length !== 1) return undefined
  const origin = originOfNode(body.callee, script)
  return origin?.module === '' && origin.path.join('.') === 'JSON.stringify' ? body.arguments[0] : undefined
}

/** What the parameters of a request say: its name, and the rest as it was. */
function paramFields(params: AnyNode | undefined, rewrite: Rewrite): { name?: string; others: string[] } {
  if (params === undefined || (params.type === 'Literal' && params.value === null)) return { others: [] }
  if (params.type !== 'ObjectExpression') return { others: [`...${rewrite.print(params)}`] }
  let name: string | undefined
  const others = params.properties.flatMap((property): string[] => {
    const [one] = propertiesOf({ ...params, properties: [property] })
    if (one === undefined) return [rewrite.print(property)]
    if (one.name === 'tags' && one.value.type === 'ObjectExpression') {
      const tags = propertiesOf(one.value)
      const own = tags.find((tag) => tag.name === 'name')
      if (own !== undefined) {
        name = rewrite.print(own.value)
        const rest = tags
          .filter((tag) => tag !== own)
          .map((tag) => `${rewrite.code.slice(tag.key.start, tag.key.end)}: ${rewrite.print(tag.value)}`)
        return rest.length === 0 ? [] : [`tags: { ${rest.join(', ')} }`]
      }
    }
    if (one.name === 'responseCallback') {
      const codes =
        one.value.type === 'CallExpression' && k6Call(one.value, rewrite)?.name === 'expectedStatuses'
          ? one.value.arguments
          : []
      if (codes.length > 0 && codes.every((code) => code.type === 'Literal'))
        return [`expect: [${codes.map((code) => rewrite.print(code)).join(', ')}]`]
      rewrite.left.push({
        place: placeOf(property, rewrite),
        text: 'responseCallback: write the statuses as `expect`',
      })
      return []
    }
    return [rewrite.print(property)]
  })
  return name === undefined ? { others } : { name, others }
}
