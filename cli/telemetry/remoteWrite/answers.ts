import { retryAfterMs } from '../../base/http/index.ts'
import { PREFIX } from '../../k6/index.ts'
import type { Answer } from './post.ts'
import { DEFAULT_PATH } from './target.ts'

/**
 * What an answer means for what was sent: `taken`; `known`, the server has it or something newer; `old`, it is too old
 * for the server; `native`, the server takes no native histograms; `large`, more than the server takes at once; `bad`,
 * the server rejects a part of the request; `later`, to be tried again; `refused`, it rejects every request.
 */
export type Meaning =
  | { readonly is: 'taken' | 'known' | 'old' | 'native' | 'large' }
  | { readonly is: 'bad'; readonly why: string }
  | Trouble

/** Why nothing goes through now. */
export type Trouble =
  | {
      readonly is: 'later'
      readonly why: string
      /** Milliseconds that the server asks for. */
      readonly wait?: number
      /** It may have been taken all the same. */
      readonly unclear: boolean
    }
  | { readonly is: 'refused'; readonly why: string }

const NO_NATIVE = /native histograms?( ingestion)? (is|are) (disabled|not enabled|not supported)/i
const OLD = /out of bounds|too old|too far in (the )?past|too-far-in-past|too-old/i
const KNOWN = /out.of.order|duplicate sample|duplicate-timestamp/i
const AGAIN = [408, 425, 429]

/**
 * What an answer means. The words are those of Prometheus (storage/interface.go: ErrOutOfBounds, ErrTooOldSample,
 * ErrOutOfOrderSample, ErrDuplicateSampleForTimestamp, ErrNativeHistogramsDisabled), Mimir (err-mimir-…) and Thanos
 * (409).
 */
export function meaningOf(answer: Answer, now = Date.now()): Meaning {
  if ('silence' in answer) return { is: 'later', why: answer.silence, unclear: !answer.unsent }
  const { status, text } = answer
  if (status >= 200 && status < 300) return { is: 'taken' }
  const why = `answers ${status}${text === '' ? '' : ` (${text})`}`
  if (NO_NATIVE.test(text)) return { is: 'native' }
  if (status === 413) return { is: 'large' }
  if (AGAIN.includes(status) || status >= 500) {
    const wait = retryAfterMs(answer.retryAfter, now)
    return { is: 'later', why, unclear: status >= 500, ...(wait === undefined ? {} : { wait }) }
  }
  if (status === 400 || status === 409 || status === 422) {
    if (OLD.test(text)) return { is: 'old' }
    if (KNOWN.test(text) || status === 409) return { is: 'known' }
    return { is: 'bad', why }
  }
  return { is: 'refused', why: `${why}: ${adviceFor(answer)}` }
}

/** What a person can do about a server that takes nothing. */
function adviceFor({ status, location }: { status: number; location?: string }): string {
  if (status === 401)
    return `set ${PREFIX}BEARER_TOKEN, or ${PREFIX}USERNAME and ${PREFIX}PASSWORD, to what opens it`
  if (status === 403) return 'its credentials may not write there: give them the right, or others'
  if (status === 404)
    return `Prometheus takes writes at ${DEFAULT_PATH} if it was started with --web.enable-remote-write-receiver, Mimir at /api/v1/push`
  if (status >= 300 && status < 400)
    return `it leads to ${placeOf(location)}: give that URL, which is not followed`
  return 'is this the URL of a remote write receiver?'
}

function placeOf(location = ''): string {
  if (!URL.canParse(location)) return 'another path'
  const { origin, pathname } = new URL(location)
  return origin + pathname
}
