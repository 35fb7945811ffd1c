import type { ListedSlo, ListedTolerance, SloList } from '../../verdict/index.ts'
import { markdownText } from '../markdownText.ts'
import { HEADINGS, lookedAtText, sloCells, toleranceCells, unjudgedText, waiverTexts } from './rows.ts'

/** Characters of a sentence at most. */
const MAX_CHARACTERS = 1000
/** Rows of a table. */
const MAX_ROWS = 100

/** SLOs and tolerances as Markdown: those that no run judged first. */
export function sloListMarkdown({ slos, tolerances, runs, last }: SloList): string {
  const unjudged = slos.filter(({ of }) => of === 0)
  const list = unjudged
    .slice(0, MAX_ROWS)
    .map((one) => `- ${markdownText(unjudgedText(one), MAX_CHARACTERS)}`)
  const judged = slos.filter(({ of }) => of > 0)
  return [
    '## Service level objectives',
    runs === 0 ? 'No runs yet: nothing was judged.' : `${lookedAtText(runs, last)}.`,
    ...(list.length > 0 ? [`### Never judged\n\n${list.join('\n')}`] : []),
    ...table('SLO', judged, sloCells),
    ...table('Tolerated change', tolerances, toleranceCells),
  ].join('\n\n')
}

function table<One extends ListedSlo | ListedTolerance>(
  title: string,
  list: readonly One[],
  cellsOf: (one: One) => string[],
): string[] {
  if (list.length === 0) return []
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const headings = [title, ...HEADINGS.slice(1), 'waivers']
  const rows = list
    .slice(0, MAX_ROWS)
    .map((one) =>
      line([...cellsOf(one), waiverTexts(one).join('; ')].map((cell) => markdownText(cell, MAX_CHARACTERS))),
    )
  return [[line(headings), line(headings.map(() => '---')), ...rows].join('\n')]
}
