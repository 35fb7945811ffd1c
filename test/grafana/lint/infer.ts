import type { SyntaxNode } from '@lezer/common'
import { called } from './calls.ts'
import type { Catalogue } from './catalogue.ts'
import { VALUE, type Given, type Tell } from './given.ts'
import { aggregated, combined } from './groups.ts'
import { selectorOf, seriesOf } from './selector.ts'

/** What is needed to look at a query. */
export interface Looking {
  readonly text: string
  readonly known: Catalogue
  readonly tell: Tell
}

/** What a part of a query gives; what is wrong in it is told. */
export function infer(node: SyntaxNode, looking: Looking): Given {
  const { text, tell } = looking
  switch (node.name) {
    case 'VectorSelector':
      return selected(node, looking)
    case 'NumberDurationLiteral':
      if (/[a-z]$/i.test(words(node, text)) && !/^[+-]?(inf|nan)$/i.test(words(node, text)))
        tell(`${words(node, text)} is a duration, and no number before Prometheus 3`)
      return VALUE
    case 'StringLiteral':
      return { is: 'text' }
    case 'MatrixSelector':
    case 'SubqueryExpr':
      return { ...infer(first(node), looking), range: true }
    case 'ParenExpr':
    case 'OffsetExpr':
    case 'StepInvariantExpr':
    case 'UnaryExpr':
      return infer(parts(node)[0] ?? first(node), looking)
    case 'FunctionCall': {
      const args = parts(node.getChild('FunctionCallBody') ?? node)
      const given = args.map((part) => infer(part, looking))
      return called(words(first(node), text), given, { words: args.map((part) => words(part, text)), tell })
    }
    case 'AggregateExpr':
      return aggregation(node, looking)
    case 'BinaryExpr':
      return binary(node, looking)
    default:
      tell(`${words(node, text)} is not known before Prometheus 3`)
      return VALUE
  }
}

function selected(node: SyntaxNode, { text, known, tell }: Looking): Given {
  const series = seriesOf(selectorOf(node, text), known, tell)
  const [one] = series
  if (!one) return { is: 'value' }
  if (series.some(({ type }) => type === 'share'))
    tell(`${words(node, text)} is the gauge of a Rate, which cannot be added up: use its counters`)
  const all = series.map(({ labels }) => labels)
  const labels = all.includes(undefined) ? undefined : new Set(all.flatMap((each) => [...(each ?? [])]))
  return { is: `raw ${one.type}`, labels }
}

function aggregation(node: SyntaxNode, looking: Looking): Given {
  const { text, tell } = looking
  const modifier = node.getChild('AggregateModifier')
  const inner = parts(node.getChild('FunctionCallBody') ?? node).at(-1)
  return aggregated(words(first(node), text), inner ? infer(inner, looking) : VALUE, {
    named: modifier ? labelsIn(modifier, text) : [],
    without: modifier?.getChild('Without') != null,
    tell,
  })
}

function binary(node: SyntaxNode, looking: Looking): Given {
  const { text, tell } = looking
  const [left = node, right = node] = parts(node)
  const clause = node.getChild('MatchingModifierClause')
  const lists = (clause?.getChildren('GroupingLabels') ?? []).map((each) => labelsIn(each, text))
  const operator = text.slice(left.to, right.from).trim().split(/\s|\(/)[0] ?? ''
  const set = (['and', 'or', 'unless'] as const).find((each) => each === operator.toLowerCase())
  const joint = {
    operator,
    ...(set ? { set } : {}),
    on: clause?.getChild('On') ? (lists[0] ?? []) : [],
    taken: lists[1] ?? [],
    right: clause?.getChild('GroupRight') != null,
  }
  return combined(infer(left, looking), infer(right, looking), joint, tell)
}

const words = ({ from, to }: SyntaxNode, text: string): string => text.slice(from, to).trim()

const labelsIn = (node: SyntaxNode, text: string): string[] => {
  const list = node.name === 'GroupingLabels' ? node : node.getChild('GroupingLabels')
  return (list?.getChildren('LabelName') ?? []).map((label) => words(label, text))
}

const first = (node: SyntaxNode): SyntaxNode => node.firstChild ?? node

/** The expressions among a node's children. */
function parts(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (/(Expr|Selector|Call|Literal)$/.test(child.name) && child.name !== 'DurationExpr') found.push(child)
  return found
}
