import pc from 'picocolors'
import { alignTable, plural, printable } from '../../base/index.ts'
import type { ListedSlo, ListedTolerance, SloList } from '../../verdict/index.ts'
import { HEADINGS, lookedAtText, sloCells, toleranceCells, unjudgedText, waiverTexts } from './rows.ts'

/** SLOs and tolerances for a terminal: those that no run judged first, then a line each with the newest runs. */
export function sloListText({ slos, tolerances, runs, last }: SloList): string {
  const unjudged = slos.filter(({ of }) => of === 0)
  const judged = slos.filter(({ of }) => of > 0)
  return [
    ...(runs === 0 ? [pc.yellow('no runs yet: nothing was judged'), ''] : []),
    ...(unjudged.length > 0 ? [pc.bold(pc.yellow(`Never judged: ${plural(unjudged.length, 'SLO')}`))] : []),
    ...unjudged.map((one) => `  ${printable(unjudgedText(one))}`),
    ...(unjudged.length > 0 ? [''] : []),
    ...table('SLO', judged, sloCells),
    ...(judged.length > 0 && tolerances.length > 0 ? [''] : []),
    ...table('tolerated change', tolerances, toleranceCells),
    ...(slos.length + tolerances.length === 0 ? ['no SLOs'] : []),
    ...(runs === 0 ? [] : ['', pc.dim(lookedAtText(runs, last))]),
  ].join('\n')
}

function table<One extends ListedSlo | ListedTolerance>(
  title: string,
  list: readonly One[],
  cellsOf: (one: One) => string[],
): string[] {
  if (list.length === 0) return []
  const rows = list.map((one) => cellsOf(one).map(printable))
  const [head = '', ...lines] = alignTable([[title, ...HEADINGS.slice(1)], ...rows])
  const notes = list.map((one) => waiverTexts(one).map((text) => pc.yellow(`  ${printable(text)}`)))
  return [pc.dim(head), ...lines.flatMap((line, at) => [line, ...(notes[at] ?? [])])]
}
