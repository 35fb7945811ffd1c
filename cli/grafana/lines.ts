import type { Panel } from './schema.ts'

/** What the lines of a query are called, and by which labels they differ. */
export interface Lines {
  /** With labels as `{{journey}}`. */
  readonly legend: string
  readonly labels: readonly string[]
}

/** The lines of a panel's queries, whatever the language. */
export const linesOf = ({ targets = [] }: Panel): Lines[] =>
  (targets as { legendFormat?: string; alias?: string }[]).map(({ legendFormat, alias = '' }) => {
    const legend = (legendFormat ?? alias).replace(/\$tag_(\w+)/g, '{{$1}}')
    return { legend, labels: [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label) }
  })
