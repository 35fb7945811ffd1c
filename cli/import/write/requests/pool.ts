/** A pool of one row: what was recorded. More rows are more users. */
export const poolText = (columns: ReadonlyMap<string, string>): string =>
  `${[...columns.values()].join(',')}\n${[...columns.keys()].map(cell).join(',')}\n`

/** A pool of rows: some of their columns. */
export const rowsText = (
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
): string =>
  [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((line) => `${line.map(cell).join(',')}\n`)
    .join('')

const cell = (value: string): string =>
  /[",;\t|\n\r]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
