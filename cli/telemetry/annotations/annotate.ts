import type { AnnotationOutcome, RunRecord } from '../../record/index.ts'
import { differenceOf, foundIn, type Difference, type Found } from './difference.ts'
import type { Grafana } from './grafana.ts'
import { isTransient } from '../../base/http/index.ts'
import { api, type GrafanaAnswer, type Api, type AnnotationPatience } from './http.ts'
import { KINDS, markersOf, tagsOf, type MarkerKind, type MarkerOptions, type Marker } from './markers.ts'

/** The most markers that are looked for: Grafana gives 100 unless told. */
const MAX_ANNOTATIONS = 1000

/** Times that Grafana is asked what is there: what was written is looked at once more, for twins and lost answers. */
const MAX_ROUNDS = 4

/**
 * Writes a run's markers, so that each is there once and as its record has it: what is there already stays, what differs
 * is changed, what is missing is added. Safe to repeat, also while another does the same. Never throws.
 */
export async function annotate(
  grafana: Grafana,
  record: RunRecord,
  { patience, ...making }: MarkerOptions & { readonly patience?: AnnotationPatience } = {},
): Promise<AnnotationOutcome> {
  const wanted = markersOf(record, grafana, making)
  // A run that goes on has no verdict to take away, and a mark as baseline is taken from no run.
  const ours = KINDS.filter((kind) =>
    kind === 'baseline'
      ? making.baseline === true
      : record.state === 'ended' || kind === 'start' || kind === 'phase',
  )
  return write({ grafana, wanted, ours, tags: tagsOf(record) }, api(grafana, patience))
}

interface Work {
  readonly grafana: Grafana
  readonly wanted: readonly Marker[]
  readonly ours: readonly MarkerKind[]
  readonly tags: readonly string[]
}

async function write({ grafana, wanted, ours, tags }: Work, call: Api): Promise<AnnotationOutcome> {
  let written = 0
  let problems: string[] = []
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    const there = await search(call, tags)
    if (!there.ok)
      return { url: grafana.url, written, problems: [...problems, problem('cannot be searched', there)] }
    const difference = differenceOf(wanted, there.found, ours)
    written = difference.kept.length
    if (isNothing(difference)) return { url: grafana.url, written, problems: [] }
    const { failed, done, again } = await apply(call, difference)
    written += done
    problems = failed.map(({ what, answer }) => problem(what, answer))
    // What a Grafana refuses for good it refuses again.
    const hopeless = failed.length > 0 && !failed.some(({ answer }) => isTransient(answer))
    // After a POST it is looked for twins: nothing but a second look tells of another who writes.
    if (hopeless || call.over() || (failed.length === 0 && !again)) break
    if (failed.length > 0) await call.rest(Math.max(...failed.map(({ answer }) => answer.pause)))
  }
  return { url: grafana.url, written, problems: [...new Set(problems)] }
}

const isNothing = ({ missing, changed, surplus }: Difference): boolean =>
  missing.length + changed.length + surplus.length === 0

type Failed = Extract<GrafanaAnswer, { ok: false }>

async function search(call: Api, tags: readonly string[]): Promise<Failed | { ok: true; found: Found[] }> {
  const query = new URLSearchParams({ limit: `${MAX_ANNOTATIONS}`, type: 'annotation' })
  for (const tag of tags) query.append('tags', tag)
  const answer = await call('GET', `/api/annotations?${query.toString()}`)
  return answer.ok ? { ok: true, found: foundIn(answer.body, tags) } : answer
}

/** Does what is to be done, one call after the other; it ends where none would be taken. */
async function apply(
  call: Api,
  { missing, changed, surplus }: Difference,
): Promise<{ done: number; again: boolean; failed: { what: string; answer: Failed }[] }> {
  const body = ({ time, timeEnd, tags, text }: Marker) => ({ time, timeEnd, tags, text })
  const calls = [
    ...missing.map((marker) => ['cannot be added', 'POST', '/api/annotations', body(marker)] as const),
    ...changed.map(
      ({ id, marker }) => ['cannot be changed', 'PATCH', `/api/annotations/${id}`, body(marker)] as const,
    ),
    ...surplus.map(({ id }) => ['cannot be removed', 'DELETE', `/api/annotations/${id}`] as const),
  ]
  let done = 0
  let again = missing.length > 0
  const failed: { what: string; answer: Failed }[] = []
  for (const [what, method, path, sent] of calls) {
    const answer = await call(method, path, sent)
    if (answer.ok) done += method === 'DELETE' ? 0 : 1
    // Another has removed it meanwhile: the next look shows what is left.
    else if (answer.status === 404 && method !== 'POST') again = true
    else failed.push({ what, answer })
    if (!answer.ok && (isTransient(answer) || [401, 403].includes(answer.status))) break
  }
  return { done, again, failed }
}

const problem = (what: string, { status, said }: Failed): string =>
  `markers ${what}: ${status === 0 ? `Grafana ${said}` : `Grafana answers ${status}${said === '' ? '' : ` (${said})`}`}`
