import type { Dialect } from '../question.ts'
import { uidOf } from './frame.ts'

/** A link from a value or a row, as Grafana has it. */
export interface DataLink {
  readonly title: string
  readonly url: string
  readonly targetBlank: boolean
}

const link = (title: string, url: string): DataLink => ({ title, url, targetBlank: false })

const SOURCE = 'var-datasource=${datasource}'

/** A time that a link shows, milliseconds or Grafana's words for them: from one to another, or two hours around one. */
export type LinkTime = { readonly from: string; readonly to: string } | { readonly around: string }

const AROUND_MS = 2 * 3600 * 1000

/** To a run, and to what it is compared with. */
export function runLinks(
  dialect: Dialect,
  testid: string,
  { base, ...time }: LinkTime & { readonly base?: string },
): DataLink[] {
  const shown =
    'around' in time ? `time=${time.around}&time.window=${AROUND_MS}` : `from=${time.from}&to=${time.to}`
  const url = (name: 'run' | 'compare', variables: string): string =>
    `/d/${uidOf(name, dialect)}?${SOURCE}&${variables}&${shown}`
  return [
    link('This run', url('run', `var-testid=${testid}`)),
    ...(base === undefined
      ? []
      : [link('Compare it with the base', url('compare', `var-base=${base}&var-candidate=${testid}`))]),
  ]
}
