import { isRecord } from '../../../config/problem/keys.ts'
import type { Grafana } from './grafana.ts'
import { api, type GrafanaAnswer, type AnnotationPatience } from './http.ts'

/** What says how to write markers that could not be written. */
const LATER = 'write them later with: loadwright annotate'

/** Scopes of `annotations:create` that hold for markers of no single dashboard. */
const WIDE = ['*', 'annotations:*', 'annotations:type:*', 'annotations:type:organization']

/**
 * Tries a Grafana before a run, and says what it found in one line. False where no marker would be written now: the run
 * goes on without, and they can be written later.
 */
export async function readyGrafana(
  grafana: Grafana,
  {
    say,
    patience = { tries: 2, budgetMs: 10_000 },
  }: { say: (line: string) => void; patience?: AnnotationPatience },
): Promise<boolean> {
  const call = api(grafana, patience)
  const { found, problem } = await look(call, grafana)
  say(
    problem === undefined
      ? `Grafana: ${grafana.url} (${found}) takes markers of the run`
      : `Grafana: ${problem}; the run goes on without markers: ${LATER}`,
  )
  return problem === undefined
}

async function look(
  call: ReturnType<typeof api>,
  { url, token }: Grafana,
): Promise<{ found?: string; problem?: string }> {
  const health = await call('GET', '/api/health')
  if (!health.ok) return { problem: unwell(health, url) }
  const { database, version } = isRecord(health.body) ? health.body : {}
  if (database === undefined)
    return { problem: `${url} answers, but is no Grafana (its /api/health knows no database)` }
  const read = await call('GET', '/api/annotations?limit=1&type=annotation')
  if (!read.ok) return { problem: refused(read, url, token) }
  if (!Array.isArray(read.body))
    return { problem: `${url} answers, but is no Grafana (its /api/annotations is no list)` }
  if (!(await mayWrite(call)))
    return {
      problem:
        token === undefined
          ? `${url} does not accept annotations without a token; set GRAFANA_TOKEN to a service account's`
          : `the token may not write annotations in ${url}; give its service account the role Editor, or annotations:create and annotations:write`,
    }
  return { found: typeof version === 'string' ? `Grafana ${version}` : 'Grafana' }
}

function unwell({ status, said }: Extract<GrafanaAnswer, { ok: false }>, url: string): string {
  if (status === 0) return `${url} ${said}`
  if (status === 404)
    return `there is no Grafana at ${url} (404 at /api/health; does a path belong to the URL?)`
  return `${url} answers ${status} at /api/health${said === '' ? '' : ` (${said})`}`
}

function refused(
  { status, said }: Extract<GrafanaAnswer, { ok: false }>,
  url: string,
  token: string | undefined,
): string {
  const detail = said === '' ? '' : `: ${said}`
  if (status === 401 && token === undefined)
    return `${url} wants a token (401${detail}); set GRAFANA_TOKEN to a service account's`
  if (status === 401)
    return `${url} does not accept the token (401${detail}); it is wrong, revoked or of another Grafana`
  if (status === 403)
    return `the token may not read annotations in ${url} (403${detail}); give its service account the role Editor`
  return `${url} ${status === 0 ? said : `answers ${status} at /api/annotations${detail}`}`
}

/** What Grafana says that the token may do. One that does not say is taken at its word later. */
async function mayWrite(call: ReturnType<typeof api>): Promise<boolean> {
  const answer = await call('GET', '/api/access-control/user/permissions')
  if (!answer.ok || !isRecord(answer.body) || Object.keys(answer.body).length === 0) return true
  const scopes = answer.body['annotations:create']
  return Array.isArray(scopes) && scopes.some((scope) => WIDE.includes(String(scope)))
}
