import { h, type Branch, type Content } from '../tree.ts'

/** A part of the page with its heading, to which the contents lead. */
export function section(id: string, title: string, ...content: readonly Content[]): Branch {
  return h(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    h('h2', { id: `${id}-title` }, title),
    content,
  )
}

/** Words at the head of a column or figure; names such as gRPC and p95 stay as they are. */
export const capitalized = (words: string): string =>
  /^\w*[A-Z\d]/.test(words) ? words : words.slice(0, 1).toUpperCase() + words.slice(1)

/** A name and what is told of it. */
export type Fact = readonly [name: string, content: Content]

/** Names with what is told of each, without those of which nothing is. */
export function factList(facts: readonly Fact[]): Content {
  const told = facts.filter(([, content]) => content !== undefined && content !== false && content !== '')
  const rows = told.map(([name, content]) => [h('dt', {}, name), h('dd', {}, content)])
  return rows.length > 0 && h('dl', { class: 'facts' }, rows)
}

/** What stands where there is nothing to show. */
export const nothing = (sentence: string): Branch => h('p', { class: 'nothing' }, sentence)

/**
 * A table that scrolls by itself where the page is narrow. A heading that begins with # is of figures: its cells stand
 * to the right. The first cell of each row names it; a row may be given its own class as `{ class, cells }`.
 */
export function tableElement(
  headings: readonly string[],
  rows: readonly (readonly Content[] | { class: string; cells: readonly Content[] })[],
  label: string,
): Branch {
  const kinds = headings.map((heading) => (heading.startsWith('#') ? 'n' : undefined))
  return h(
    'div',
    { class: 'scroll', role: 'region', 'aria-label': label, tabindex: '0' },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          headings.map((heading, column) =>
            h('th', { scope: 'col', class: kinds[column] }, heading.replace(/^#/, '')),
          ),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map((row) => {
          const cells = 'cells' in row ? row.cells : row
          return h(
            'tr',
            'cells' in row ? { class: row.class } : {},
            cells.map((cell, column) =>
              column === 0 ? h('th', { scope: 'row' }, cell) : h('td', { class: kinds[column] }, cell),
            ),
          )
        }),
      ),
    ),
  )
}

/** A bar from 0 to 1, with a mark where the limit is, if there is one. Colours come from its class. */
export function bar(part: number, kind: string, mark?: number): Branch {
  const width = (value: number): string => `${Math.round(Math.min(1, Math.max(0, value)) * 1000) / 10}%`
  return h(
    'svg',
    { class: `bar ${kind}`, width: '100%', height: '10', 'aria-hidden': 'true' },
    h('rect', { class: 'track', width: '100%', height: '10', rx: '2' }),
    part > 0 && h('rect', { class: 'fill', width: width(part), height: '10', rx: '2' }),
    mark !== undefined && h('line', { class: 'mark', x1: width(mark), x2: width(mark), y1: '0', y2: '10' }),
  )
}
