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

/** To a run, and to what it is compared with; `from` and `to` in milliseconds, or Grafana's words for the shown time. */
export function runLinks(
  dialect: Dialect,
  testid: string,
  { from, to, base }: { from: string; to: string; base?: string },
): DataLink[] {
  const time = `from=${from}&to=${to}`
  const url = (name: 'run' | 'compare', variables: string): string =>
    `/d/${uidOf(name, dialect)}?${SOURCE}&${variables}&${time}`
  return [
    link('This run', url('run', `var-testid=${testid}`)),
    ...(base === undefined
      ? []
      : [link('Compare it with the base', url('compare', `var-base=${base}&var-candidate=${testid}`))]),
  ]
}
