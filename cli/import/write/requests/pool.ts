/** A pool of one row: what was recorded. More rows are more users. */
export const poolText = (columns: ReadonlyMap<string, string>): string =>
  `${[...columns.values()].join(',')}\n${[...columns.keys()].map(cell).join(',')}\n`

const cell = (value: string): string =>
  /[",;\t|\n\r]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
