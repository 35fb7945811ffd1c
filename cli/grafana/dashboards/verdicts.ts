import { byName, type Override } from '../overrides.ts'

/** Verdicts from the best to the worst, with their colours. */
const COLOURS = [
  ['pass', 'green'],
  ['inconclusive', 'yellow'],
  ['invalid', 'purple'],
  ['fail', 'red'],
] as const

/** How verdicts are drawn: by name in tables, by number where they are states over time. */
export const VERDICT_MAPPINGS = {
  names: COLOURS.map(([name]) => name),
  /** A number of each, by its place among the names. */
  states: [
    {
      type: 'value',
      options: Object.fromEntries(
        COLOURS.map(([text, color], index) => [String(index), { text, color, index }]),
      ),
    },
  ],
  /** Colours a column that has the names. */
  override: (column: string): Override =>
    byName(column, {
      mappings: [
        {
          type: 'value',
          options: Object.fromEntries(
            COLOURS.map(([name, color], index) => [name, { text: name, color, index }]),
          ),
        },
      ],
      'custom.cellOptions': { type: 'color-background', mode: 'basic' },
    }),
}
