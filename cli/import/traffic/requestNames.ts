import type { Draft } from './draft.ts'
import { operationNames } from './operation.ts'
import { templateOf } from './template.ts'

/**
 * Names of requests: the operation of GraphQL, else the template of the path; with the method where that says which
 * of several requests to one path it is.
 */
export function requestNames(drafts: readonly Draft[], hide: (text: string) => string): string[] {
  const methods = new Map<string, Set<string>>()
  const templates = drafts.map(({ exchange }) => {
    const { origin, pathname } = new URL(exchange.url)
    const template = hide(templateOf(pathname))
    const own = methods.get(origin + template) ?? new Set()
    methods.set(origin + template, own.add(exchange.method))
    return { template, own }
  })
  return drafts.map((draft, index) => {
    const { exchange } = draft
    const operations = operationNames(draft)
    if (operations !== undefined) return operations.join(' and ')
    const { template = '/', own } = templates[index] ?? {}
    return own !== undefined && own.size > 1 && exchange.method !== 'GET'
      ? `${exchange.method} ${template}`
      : template
  })
}
