import type { SyntaxNode } from '@lezer/common'
import type { Catalogue, Series } from './catalogue.ts'

/** A matcher of a selector. */
export interface Matcher {
  readonly label: string
  readonly op: string
  readonly value: string
}

/** A selector taken apart. */
export interface Selector {
  readonly name?: string
  readonly matchers: readonly Matcher[]
}

/** Takes a VectorSelector apart. */
export function selectorOf(node: SyntaxNode, text: string): Selector {
  const of = (one: SyntaxNode | null): string => (one ? text.slice(one.from, one.to) : '')
  const name = node.getChild('Identifier')
  const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []
  return {
    ...(name ? { name: of(name) } : {}),
    matchers: matchers.map((one) => ({
      label: of(one.getChild('LabelName')),
      op: of(one.getChild('MatchOp')),
      value: of(one.getChild('StringLiteral')).slice(1, -1).replaceAll('\\\\', '\\'),
    })),
  }
}

/** The series that a selector means; problems with its name, its labels and its patterns are told. */
export function seriesOf(
  { name, matchers }: Selector,
  known: Catalogue,
  tell: (problem: string) => void,
): Series[] {
  const named = matchers.find(({ label }) => label === '__name__')
  const names = name === undefined ? namesOf(named, known, tell) : [name]
  const series = names.flatMap((each) => {
    const one = known.get(each)
    if (!one) tell(`${each} is no series of this naming${near(each, known)}`)
    return one ? [one] : []
  })
  for (const { label, op, value } of matchers) {
    if (op.endsWith('~') && !isPattern(value)) tell(`${label}${op}"${value}" is no regular expression`)
    const has = series.some(({ labels }) => !labels || labels.has(label))
    if (label !== '__name__' && series.length > 0 && !has) tell(`${names.join(', ')} has no label ${label}`)
  }
  return series
}

function namesOf(named: Matcher | undefined, known: Catalogue, tell: (problem: string) => void): string[] {
  if (!named) {
    tell('a selector names no series')
    return []
  }
  if (named.op === '=') return [named.value]
  if (named.op !== '=~' || !isPattern(named.value)) return []
  // Of plain alternatives each is to be known.
  if (/^[\w:|]+$/.test(named.value)) return named.value.split('|')
  const found = [...known.keys()].filter((name) => new RegExp(`^(?:${named.value})$`).test(name))
  if (found.length === 0) tell(`__name__=~"${named.value}" matches no series of this naming`)
  return found
}

const isPattern = (text: string): boolean => {
  try {
    return new RegExp(text) instanceof RegExp
  } catch {
    return false
  }
}

/** A name of the same metric, for who mixed the namings. */
function near(name: string, known: Catalogue): string {
  const stem = name.replace(/_(total|rate|seconds|milliseconds|bytes|bucket|sum|count|p\d+)$/g, '')
  const found = [...known.keys()].find((each) => each.startsWith(stem) && each !== name)
  return found === undefined ? '' : `; did you mean ${found}?`
}
