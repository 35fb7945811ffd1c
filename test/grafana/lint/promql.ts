import { parser } from '@prometheus-io/lezer-promql'
import type { Catalogue } from './catalogue.ts'
import { filled, unbalanced } from './fill.ts'
import { settled, type Given, type Tell } from './given.ts'
import { infer } from './infer.ts'

/** What a query is used for. */
export interface Use {
  /** Buckets and histograms of a time, as a heatmap shows them. */
  readonly histograms?: boolean
  /** Native histograms, of a time or since the run began, are kept for later. */
  readonly kept?: boolean
  /** Only labels of series are asked for, not their values. */
  readonly series?: boolean
}

/** What is wrong in a PromQL query, and what it gives. */
export function lintPromql(
  query: string,
  known: Catalogue,
  { histograms = false, kept = false, series = false }: Use = {},
): { problems: string[]; given: Given } {
  const text = filled(query)
  const problems: string[] = []
  const tell: Tell = (problem) => void problems.push(problem)
  const none: Given = { is: 'value' }
  const open = unbalanced(text)
  if (open !== undefined) return { problems: [open], given: none }
  const errors = errorsIn(text)
  if (errors.length > 0) return { problems: errors, given: none }
  const root = parser.parse(text).topNode.firstChild
  if (!root) return { problems: ['there is no query'], given: none }
  const given = infer(root, { text, known, tell })
  if (series) return { problems: [...new Set(problems)], given }
  const isNative = given.is === 'histograms' || given.is === 'raw native'
  if (kept && !isNative) tell('is called a histogram, and is none')
  if (histograms && given.is !== 'histograms' && given.is !== 'buckets')
    tell('a heatmap is made of histograms')
  if (!kept && !histograms) settled(given, 'what is shown', tell)
  if (!kept && !histograms && given.is === 'buckets')
    tell('what is shown takes buckets, which hold one another')
  return { problems: [...new Set(problems)], given }
}

function errorsIn(text: string): string[] {
  const errors: string[] = []
  parser.parse(text).iterate({
    enter: ({ type, from }) => {
      if (type.isError)
        errors.push(`cannot be parsed at ${from}: …${text.slice(Math.max(0, from - 20), from + 20)}…`)
    },
  })
  return errors
}

/** The query of a variable: `label_values(series, label)`, `query_result(query)`. */
export function lintVariable(query: string, known: Catalogue): string[] {
  const [, call, inner = ''] = /^\s*(\w+)\((.*)\)\s*$/s.exec(query) ?? []
  if (call === 'query_result') return lintPromql(inner, known).problems
  if (call !== 'label_values') return [`${call ?? query} is no query of a variable`]
  const [, selector, label = ''] = /^(?:(.*),)?\s*(\w+)\s*$/s.exec(inner) ?? []
  if (selector === undefined)
    return label === 'testid' ? [] : [`label_values(${label}) asks all series there are`]
  const { problems, given } = lintPromql(selector, known, { series: true })
  const lacks = problems.length === 0 && given.labels && !given.labels.has(label)
  return lacks ? [`label_values: ${selector} has no label ${label}`] : problems
}
