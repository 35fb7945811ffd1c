import { isRecord } from '../studio/raw.ts'

/** What the HTTP API of Prometheus answered, as somebody saved it. */
export interface Saved {
  resultType: string
  result: readonly unknown[]
  /** Why there is no result. */
  error?: string
}

/** A saved answer: whole, its `data`, or the list of series that promtool prints; undefined for other JSON. */
export function resultIn(json: unknown): Saved | undefined {
  if (Array.isArray(json)) {
    const [first] = json as unknown[]
    const isSeries = isRecord(first) && isRecord(first.metric)
    return isSeries ? { resultType: 'values' in first ? 'matrix' : 'vector', result: json } : undefined
  }
  if (!isRecord(json)) return undefined
  if (json.status === 'error' && typeof json.errorType === 'string' && typeof json.error === 'string')
    return { resultType: '', result: [], error: json.error }
  const data = json.status === 'success' ? json.data : json
  if (!isRecord(data) || typeof data.resultType !== 'string' || !Array.isArray(data.result)) return undefined
  return { resultType: data.resultType, result: data.result }
}
