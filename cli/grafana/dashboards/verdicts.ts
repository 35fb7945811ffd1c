import { byName, type Override } from '../overrides.ts'

/** Verdicts from the best to the worst, with their colours. */
const COLOURS = [
  ['pass', 'green'],
  ['inconclusive', 'yellow'],
  ['invalid', 'purple'],
  ['fail', 'red'],
] as const

/** What stands in a verdict's place. */
export const NO_VERDICT = {
  running: 'running',
  unwritten: 'no verdict written',
  plain: 'no verdict: plain k6',
} as const

/** What is said where nothing of the run lies in the time that is shown. */
export const NOTHING_FOUND = 'nothing of the run in this time'

const NEUTRAL = '#8e8e8e'

const STAND_INS = [
  [NO_VERDICT.running, 'blue'],
  [NO_VERDICT.unwritten, 'purple'],
  [NO_VERDICT.plain, NEUTRAL],
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
  /** Of one verdict, or of what stands in its place: a missing one is grey. */
  tile: [
    {
      type: 'value',
      options: Object.fromEntries(
        [...COLOURS, ...STAND_INS].map(([name, color], index) => [name, { text: name, color, index }]),
      ),
    },
    {
      type: 'special',
      options: { match: 'null', result: { text: NO_VERDICT.plain, color: NEUTRAL, index: 9 } },
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
