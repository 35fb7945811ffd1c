import type { About } from '../../../../cli/grafana/about.ts'
import { dashboardParts } from '../../../../cli/grafana/panelsOf.ts'
import type { Dialect } from '../../../../cli/grafana/question.ts'
import type { Dashboard, Panel } from '../../../../cli/grafana/schema.ts'
import type { Tell } from '../finding.ts'

/** What a rule on how a dashboard reads looks at. */
export interface Reading {
  readonly dashboard: Dashboard
  /** Its file without folder and ending: `run`, `compare` … */
  readonly name: string
  readonly naming: Dialect['name']
  readonly about: About
  readonly tell: Tell
}

/** A rule on how a dashboard reads: it tells what would mislead whoever looks at it. */
export type ReadingRule = (reading: Reading) => void

/** A rule on each panel of some types. */
export const onEach =
  (
    types: readonly string[],
    rule: (panel: Panel, say: (problem: string) => void, reading: Reading) => void,
  ): ReadingRule =>
  (reading) => {
    for (const panel of dashboardParts(reading.dashboard).panels)
      if (types.includes(panel.type))
        rule(panel, (problem) => reading.tell(`${panel.id} ${panel.title}`, problem), reading)
  }

/** The fields of `fieldConfig.defaults` that rules read. */
export interface Defaults {
  readonly unit?: string
  readonly min?: number
  readonly max?: number
  readonly mappings?: readonly {
    readonly type: string
    readonly options: Readonly<Record<string, unknown>>
  }[]
  readonly color?: { readonly mode: string; readonly fixedColor?: string }
  readonly thresholds?: { readonly steps?: readonly unknown[] }
  readonly custom?: Readonly<Record<string, unknown>>
}

export const defaultsOf = ({ fieldConfig }: Panel): Defaults => fieldConfig?.defaults ?? {}

/** An override with its properties by name. */
export interface Overridden {
  readonly matcher: { readonly id: string; readonly options: unknown }
  readonly of: Readonly<Record<string, unknown>>
}

export const overridesOf = ({ fieldConfig }: Panel): Overridden[] =>
  (fieldConfig?.overrides ?? []).map(({ matcher, properties }) => ({
    matcher: { id: matcher.id, options: matcher.options },
    of: Object.fromEntries(properties.map(({ id, value }) => [id, value])),
  }))

/** The queries of a panel, in whatever language. */
export const queriesIn = ({ targets = [] }: Panel): string[] =>
  (targets as { expr?: string; query?: string }[]).map(({ expr, query }) => expr ?? query ?? '')
