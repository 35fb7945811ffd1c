import type { RequestSource } from './requestSource.ts'

/** Requests of a step in runs: those of one run went out before the answer of the first was there, and need nothing of it. */
export function sideBySide(requests: readonly RequestSource[]): RequestSource[][] {
  const runs: RequestSource[][] = []
  for (const request of requests) {
    const run = runs.at(-1)
    if (run?.every((other) => goesBeside(other, request)) === true) run.push(request)
    else runs.push([request])
  }
  return runs
}

function goesBeside(first: RequestSource, second: RequestSource): boolean {
  const [one, other] = [first.draft.exchange, second.draft.exchange]
  const isTimed = one.at > 0 && other.at < one.end
  return (
    isTimed && first.client === second.client && isPlain(first) && isPlain(second) && !needs(first, second)
  )
}

const isPlain = ({ draft, operations, comments }: RequestSource): boolean =>
  draft.exchange.kind === 'data' &&
  draft.exchange.polled === undefined &&
  comments === undefined &&
  operations === undefined

const needs = ({ reads }: RequestSource, { draft }: RequestSource): boolean => {
  const text = JSON.stringify([draft.path, draft.query, draft.headers, draft.payload])
  return reads.some(({ variable }) => new RegExp(`\\b${variable}\\b`).test(text))
}
