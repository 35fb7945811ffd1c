import { isRecord, type Raw } from '../studio/raw.ts'
import type { Exchange } from './exchange.ts'
import { addressOf } from './filter.ts'
import { readJson } from './readJson.ts'

/** Operations that were sent by their hashes have their texts; what a server did not know by its hash was sent again. */
export function withTexts(all: readonly Exchange[]): Exchange[] {
  const bodies = all.map(({ content }) => bodyOf(content?.text))
  const texts = new Map(
    bodies.flatMap((body): [string, string][] => {
      const [hash, query] = [hashOf(body), body?.query]
      return hash !== undefined && typeof query === 'string' ? [[hash, query]] : []
    }),
  )
  return all.flatMap((exchange, index): Exchange[] => {
    const body = bodies[index]
    const hash = hashOf(body)
    const { content, answer } = exchange
    if (body === undefined || hash === undefined || 'query' in body || content === undefined)
      return [exchange]
    const query = texts.get(hash)
    if (query === undefined) return [exchange]
    if (/PersistedQueryNotFound|PERSISTED_QUERY_NOT_FOUND/.test(answer?.text ?? '')) return []
    return [{ ...exchange, content: { ...content, text: JSON.stringify({ query, ...body }) } }]
  })
}

/** Whether an operation was sent by its hash alone, in a body or in a query. */
export function isHashAlone({ url, content }: Exchange): boolean {
  const body = bodyOf(content?.text)
  if (body !== undefined) return hashOf(body) !== undefined && !('query' in body)
  const query = addressOf(url)?.searchParams
  return query?.has('query') === false && query.get('extensions')?.includes('persistedQuery') === true
}

const bodyOf = (text: string | undefined): Raw | undefined => {
  if (text?.includes('persistedQuery') !== true) return undefined
  const json = readJson(text)
  return isRecord(json) ? json : undefined
}

function hashOf(body: Raw | undefined): string | undefined {
  const { persistedQuery } = isRecord(body?.extensions) ? body.extensions : {}
  const hash = isRecord(persistedQuery) ? persistedQuery.sha256Hash : undefined
  return typeof hash === 'string' ? hash : undefined
}
