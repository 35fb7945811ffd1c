import { byName, type Override } from '../overrides.ts'

/** Widths of columns (pixels), by their names: Grafana gives 150 to each that it is not told of, whatever it holds. */
export const widths = (pixels: Readonly<Record<string, number>>): Override[] =>
  Object.entries(pixels).map(([column, width]) => byName(column, { 'custom.width': width }))

/** Columns that share what the others leave, each at least so wide (pixels). */
export const atLeast = (pixels: Readonly<Record<string, number>>): Override[] =>
  Object.entries(pixels).map(([column, width]) => byName(column, { 'custom.minWidth': width }))

/** As wide as the id of a run is: `boutique-20261122T093000-1a2b`. */
export const RUN_WIDTH = 242

/** As wide as a date with its time is, a verdict, and the twelve letters of a commit. */
export const DATE_WIDTH = 160
export const VERDICT_WIDTH = 105
export const COMMIT_WIDTH = 108
