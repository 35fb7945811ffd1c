import type { Catalogue } from './catalogue.ts'
import { unbalanced, variablesIn } from './fill.ts'

/** What is wrong in an InfluxQL query. */
export function lintInfluxql(query: string, known: Catalogue): string[] {
  // A pattern in slashes may hold anything.
  const text = query.replace(/[=!]~\s*\/(?:\\.|[^/\\])*\//g, "=~ 'pattern'")
  const open = unbalanced(text)
  if (open !== undefined) return [open]
  if (!/^(SELECT|SHOW TAG VALUES)\b/i.test(text)) return ['is neither SELECT nor SHOW TAG VALUES']
  const problems: string[] = []
  // Grafana takes what stands between two slashes for a pattern, and escapes variables in it.
  if (text.includes('/')) problems.push('has a slash outside of a pattern')
  const from = [...text.matchAll(/\bFROM\s+"([^"]+)"/gi)].map(([, name = '']) => name)
  if (from.length === 0) problems.push('asks no measurement')
  for (const name of from) if (!known.has(name)) problems.push(`there is no measurement ${name}`)
  const columns = new Set(['value', ...[...text.matchAll(/\bAS\s+"([^"]+)"/gi)].map(([, name = '']) => name)])
  const tags = new Set(from.flatMap((name) => [...(known.get(name)?.labels ?? [])]))
  const rest = text.replace(/\bFROM\s+"[^"]+"/gi, '')
  for (const [, name = ''] of rest.matchAll(/"([^"]+)"/g))
    if (!columns.has(name) && !tags.has(name)) problems.push(`${from.join(', ')} has no tag ${name}`)
  if (/^SELECT/i.test(text) && !text.includes('$timeFilter'))
    problems.push('asks for all time: $timeFilter is missing')
  if (text.includes('time(') && !text.includes('fill(')) problems.push('groups by time without fill()')
  for (const [, words = ''] of text.matchAll(/'((?:[^'\\]|\\.)*)'/g))
    for (const name of variablesIn(words)) problems.push(`$${name} in quotes would be one value alone`)
  return [...new Set(problems)]
}
