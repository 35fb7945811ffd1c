import { namedLines } from './named.ts'
import type { Override } from './overrides.ts'
import type { Dialect } from './question.ts'
import { softAxis } from './softMax.ts'
import type { Panel, PanelThreshold } from './schema.ts'
import { isQuestion, panelTargets, type TargetsAsked } from './targets.ts'

/** A panel before it has a place: it is laid out with its row. */
export type Unplaced = Omit<Panel, 'gridPos'> & { size: { w: number; h: number } }

/** Fields that every panel has. */
export interface PanelSpec {
  /** Never changed once released: links and alerts name it. */
  readonly id: number
  readonly title: string
  /** What is to be seen, and how to read it: one or two sentences. */
  readonly description: string
  /** Grafana's id of a unit: `s`, `percentunit`, `reqps`, `bytes`, `none` … */
  readonly unit: string
  readonly w?: number
  readonly h?: number
  /** Steps of colour, the first from minus infinity on. */
  readonly steps?: readonly PanelThreshold[]
  /** Further fields of `fieldConfig.defaults`, such as `links`; those of `custom` are added to the panel's own. */
  readonly defaults?: Readonly<Record<string, unknown>>
  /** What differs for a field: `fieldConfig.overrides`. */
  readonly overrides?: readonly Override[]
  /** Further fields of Grafana's panel, over all that is made here. */
  readonly more?: Partial<Panel>
}

/** What one kind of panel has of its own: Grafana's type, its options, and what all of its fields have. */
export interface PanelKind {
  readonly type: string
  readonly options: Record<string, unknown>
  readonly custom?: Record<string, unknown>
}

/** A panel of a kind, as Grafana has it; none where the dialect answers nothing that is asked. */
export function panelOf(
  dialect: Dialect,
  { id, title, description, unit, w = 12, h = 8, steps, defaults, overrides = [], more }: PanelSpec,
  asking: readonly TargetsAsked[],
  { type, options, custom }: PanelKind,
): Unplaced[] {
  const targets = panelTargets(dialect, asking, ['table', 'barchart'].includes(type))
  if (targets.length === 0) return []
  const panel: Unplaced = {
    id,
    title,
    description,
    type,
    datasource: dialect.datasource,
    targets,
    options,
    fieldConfig: {
      defaults: {
        unit,
        ...(unit === 'percentunit' ? { min: 0 } : {}),
        ...(steps ? { thresholds: { mode: 'absolute' as const, steps: [...steps] } } : {}),
        color: colourOf(type, steps),
        ...defaults,
        ...(custom
          ? { custom: { ...axisOf(type, unit), ...custom, ...(defaults?.custom as object | undefined) } }
          : {}),
      },
      overrides: [...lacking(dialect, type, asking), ...overrides].map(({ matcher, properties }) => ({
        matcher,
        properties: [...properties],
      })),
    },
    size: { w, h },
  }
  return [{ ...panel, ...more, size: panel.size }]
}

/** Names for lines that lack a label, where a query cannot give them. */
const lacking = ({ language }: Dialect, type: string, asking: readonly TargetsAsked[]): Override[] =>
  language === 'influxql' && type === 'timeseries'
    ? namedLines([...new Set(asking.flatMap((one) => (isQuestion(one) ? (one.by ?? []) : [])))])
    : []

/** Kinds of panels with an axis of values. */
const WITH_AXIS: readonly string[] = ['timeseries', 'barchart']

const axisOf = (type: string, unit: string): object => (WITH_AXIS.includes(type) ? softAxis(unit) : {})

/** A number without limits has the colour of text: the palette's first is green, as if somebody had judged it. */
function colourOf(
  type: string,
  steps: PanelSpec['steps'],
): { mode: 'thresholds' | 'fixed' | 'palette-classic'; fixedColor?: string } {
  if (type !== 'stat') return { mode: 'palette-classic' }
  return steps ? { mode: 'thresholds' } : { mode: 'fixed', fixedColor: 'text' }
}
