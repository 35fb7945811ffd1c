import type { AnyNode } from 'acorn'
import type { Action, Call, Deed, Fields, Literal, Note } from '../recording.ts'

/** What is known while the statements of one test are read, in their order. */
export interface Body {
  actions: Action[]
  left: Note[]
  /** Pages by their variables, with the names that they get here: the first is `page`. */
  pages: Map<string, string>
  /** Elements that were given a name. */
  elements: Map<string, { page: string; target: readonly Call[] }>
  /** Constants whose values are known. */
  constants: Map<string, Literal>
  /** Promises of pages and downloads that an act will bring. */
  promised: Map<string, 'page' | 'download'>
  dialogs: boolean
  context?: Fields
  /** The author's own step that is being read. */
  step: string | undefined
  lineOf: (node: AnyNode) => number
}

/** An empty body whose first page is known by `page`, the name that Playwright's fixture has. */
export const bodyOf = (lineOf: Body['lineOf'], constants: ReadonlyMap<string, Literal>): Body => ({
  actions: [],
  left: [],
  pages: new Map([['page', 'page']]),
  elements: new Map(),
  constants: new Map(constants),
  promised: new Map(),
  dialogs: false,
  step: undefined,
  lineOf,
})

/** Adds what was done on a page. */
export function add(body: Body, node: AnyNode, page: string, deed: Deed): void {
  const place = `line ${body.lineOf(node)}`
  body.actions.push({ place, page, deed, ...(body.step === undefined ? undefined : { step: body.step }) })
}

/** Names a page; two with one name would be one. */
export function addPage(body: Body, variable: string): string {
  const known = body.pages.get(variable)
  const first = body.actions.length === 0
  const name =
    first || known === 'page'
      ? 'page'
      : (known ?? (/^page\d*$/.test(variable) ? variable : `${variable}Page`))
  body.pages.set(variable, name)
  return name
}
