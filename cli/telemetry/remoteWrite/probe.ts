import { encodeWrite, histogramOf } from '../../prometheus/index.ts'
import { delay } from '../../base/index.ts'
import { meaningOf, type Meaning } from './answers.ts'
import { poster, type Post } from './post.ts'
import { PROBE } from './question.ts'
import type { Form } from './send.ts'
import type { Target } from './target.ts'

/** What a server makes of a write, before a run. */
export type Probed =
  /** It takes writes; `read`: they were read back. */
  | { readonly state: 'ok'; readonly histograms: Form; readonly read: boolean; readonly note?: string }
  /** It is silent, or cannot now. */
  | { readonly state: 'unreachable'; readonly problem: string }
  /** It takes nothing from us: credentials, or another URL. */
  | { readonly state: 'refused'; readonly problem: string }

/** Milliseconds for all of it. */
const TIMEOUT_MS = 5000
/** Milliseconds between two looks at what was written. */
const INTERVAL_MS = 250

/**
 * Writes a gauge and a native histogram (loadwright_probe, loadwright_probe_seconds) to a server, and reads them back
 * where it answers queries: Mimir drops histograms without an error. Ends within five seconds.
 */
export async function probe(target: Target, limit = TIMEOUT_MS): Promise<Probed> {
  const end = Date.now() + limit
  const post = poster(target)
  try {
    const at = Date.now()
    const meaning = await write(post, at, true, end)
    if (meaning.is === 'native') {
      const classic = await write(post, at, false, end)
      const note =
        'it takes no native histograms: they are sent in the classic form. Prometheus 2.40 to 3.8 takes them with --enable-feature=native-histograms'
      return isFine(classic)
        ? { state: 'ok', histograms: 'classic', read: false, note }
        : troubleOf(target, classic)
    }
    return isFine(meaning) ? await readBack(target, post, at, end) : troubleOf(target, meaning)
  } finally {
    post.close()
  }
}

async function write(post: Post, at: number, histogram: boolean, end: number): Promise<Meaning> {
  const seconds = at / 1000
  const gauge = { name: PROBE, labels: {}, samples: [{ at, value: seconds }], histograms: [] }
  const native = {
    name: `${PROBE}_seconds`,
    labels: {},
    samples: [],
    histograms: [{ at, value: histogramOf([seconds]) }],
  }
  const body = encodeWrite(histogram ? [gauge, native] : [gauge])
  return meaningOf(await post(body, { timeoutMs: Math.max(1, end - Date.now()) }))
}

/** Two runs that probe in the same moment write the same. */
const isFine = ({ is }: Meaning): boolean => is === 'taken' || is === 'known'

function troubleOf({ url }: Target, meaning: Meaning): Probed {
  const why = 'why' in meaning ? meaning.why : `does not take a sample of this moment: its clock is another`
  return { state: meaning.is === 'later' ? 'unreachable' : 'refused', problem: `${url} ${why}` }
}

async function readBack(target: Target, post: Post, at: number, end: number): Promise<Probed> {
  const unread: Probed = { state: 'ok', histograms: 'native', read: false }
  const url = queryUrl(target.url)
  if (url === undefined) return unread
  url.searchParams.set('query', `{__name__=~"${PROBE}|${PROBE}_seconds"}`)
  while (Date.now() < end) {
    const answer = await post.get(url.href, { timeoutMs: Math.max(1, end - Date.now()) })
    if (!('status' in answer) || answer.status !== 200) return unread
    const seen = seenIn(answer.text, at / 1000)
    if (seen === undefined) return unread
    if (seen.gauge) {
      const note = 'it drops native histograms without an error: they are sent in the classic form'
      return seen.histogram
        ? { state: 'ok', histograms: 'native', read: true }
        : { state: 'ok', histograms: 'classic', read: true, note }
    }
    await delay(Math.min(INTERVAL_MS, Math.max(0, end - Date.now())))
  }
  return unread
}

/** Where a server answers queries, by where it takes writes; undefined where that is not known. */
export function queryUrl(writeUrl: string): URL | undefined {
  const url = new URL(writeUrl)
  const known: readonly (readonly [write: RegExp, query: string])[] = [
    [/\/api\/v1\/write$/, '/api/v1/query'],
    [/\/api\/prom\/push$/, '/api/prom/api/v1/query'],
    [/\/api\/v1\/push$/, '/prometheus/api/v1/query'],
  ]
  const found = known.find(([write]) => write.test(url.pathname))
  if (!found) return undefined
  url.pathname = url.pathname.replace(...found)
  url.search = ''
  return url
}

interface Result {
  readonly metric?: { readonly __name__?: string }
  readonly value?: readonly [number, string]
  readonly histogram?: readonly [number, { readonly sum?: string }]
}

/** What of this probe is in an answer to the query; undefined where it is no answer. */
function seenIn(text: string, seconds: number): { gauge: boolean; histogram: boolean } | undefined {
  try {
    const { data } = JSON.parse(text) as { data?: { result?: readonly Result[] } }
    if (!data?.result) return undefined
    return {
      gauge: data.result.some(({ value }) => Number(value?.[1]) === seconds),
      histogram: data.result.some(({ histogram }) => Number(histogram?.[1].sum) === seconds),
    }
  } catch {
    return undefined
  }
}
