import { stripVTControlCharacters } from 'node:util'

/** Rows of cells as lines: the first column to the left, the others to the right, unless there are but two. */
export function alignTable(rows: readonly (readonly string[])[]): string[] {
  const isPair = rows[0]?.length === 2
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => visibleWidth(row[column] ?? ''))))
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const fill = ' '.repeat((widths?.[column] ?? 0) - visibleWidth(cell))
        return column === 0 || isPair ? cell + fill : fill + cell
      })
      .join('  ')
      .trimEnd(),
  )
}

/** Characters of a text without the colours of a terminal. */
export const visibleWidth = (text: string): number => stripVTControlCharacters(text).length
