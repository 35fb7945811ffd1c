import { quote } from '../../../config/problem/problem.ts'
import { UserError } from '../../base/index.ts'
import { EXAMPLE, foreign, type Series } from './series.ts'
import { routePath } from './template.ts'

/** What instrumentations call what a request is told apart by; of paths, templates come first. */
const NAMES = {
  path: [
    'http_route',
    'route',
    'path_template',
    'handler',
    'uri',
    'endpoint',
    'path',
    'url_path',
    'http_target',
    'request_path',
    'url',
    'http_url',
  ],
  method: ['http_request_method', 'http_method', 'method', 'request_method', 'verb'],
  status: [
    'http_response_status_code',
    'http_status_code',
    'status_code',
    'response_code',
    'http_status',
    'status',
    'code',
  ],
} as const

/** The labels that name a request; undefined where no series has one. */
export interface RequestLabels {
  path: string
  method: string | undefined
  status: string | undefined
}

/** Which labels name the method, the path and the status. Throws UserError where none names a path. */
export function requestLabels(all: readonly Series[], file: string): RequestLabels {
  const values = (name: string): string[] =>
    all.map(({ labels }) => labels[name] ?? '').filter((value) => value !== '')
  const found = NAMES.path.filter((name) => values(name).length > 0)
  // A scraper's own label, such as the `endpoint` of a ServiceMonitor, may have such a name, too.
  const path = found.find((name) => values(name).some((value) => routePath(value) !== undefined))
  if (path === undefined) {
    const [first] = found
    const labels = [...new Set(all.flatMap((one) => Object.keys(one.labels)))].filter(
      (one) => one !== '__name__',
    )
    const got =
      first === undefined
        ? labels.length === 0
          ? 'no label'
          : `the labels ${foreign(labels.join(', '))}`
        : `${first}=${quote(foreign(values(first)[0] ?? ''))}, which is no path`
    throw new UserError(
      `${file}: no label names the path of a request: got ${got}; allowed: one of ${NAMES.path.join(', ')}. Write ${EXAMPLE}, or name one by label_replace().`,
    )
  }
  const first = (names: readonly string[]): string | undefined =>
    names.find((name) => values(name).length > 0)
  return { path, method: first(NAMES.method), status: first(NAMES.status) }
}

/** A status, or the most usual one of a class such as `2xx`; 0 where the label says none. */
export function statusIn(text: string | undefined): number {
  if (text === undefined) return 0
  if (/^[1-5]\d\d$/.test(text)) return Number(text)
  const [, kind] = /^([1-5])xx$/i.exec(text) ?? []
  return kind === undefined ? 0 : kind === '3' ? 302 : Number(kind) * 100
}
