/** What differs for the fields that match: `fieldConfig.overrides`. */
export interface Override {
  readonly matcher: { readonly id: string; readonly options: string }
  readonly properties: readonly { readonly id: string; readonly value: unknown }[]
}

/** Properties of a field, by Grafana's path to each: `unit`, `custom.lineWidth` … */
export type Properties = Readonly<Record<string, unknown>>

const override =
  (id: string) =>
  (options: string, properties: Properties): Override => ({
    matcher: { id, options },
    properties: Object.entries(properties).map(([path, value]) => ({ id: path, value })),
  })

/** What differs for the field of a name. */
export const byName = override('byName')

/** What differs for all fields whose names match: `/…/`. */
export const byPattern = override('byRegexp')

/** What differs for what a query of the panel gave, by the query's letter. */
export const byQuery = override('byFrameRefID')

/** One colour, whatever the value. */
export const fixed = (fixedColor: string): Properties => ({ color: { mode: 'fixed', fixedColor } })

/** How a curve is drawn that another one is held against. */
export const FADED: Properties = {
  ...fixed('gray'),
  'custom.lineStyle': { fill: 'dash', dash: [8, 6] },
  'custom.fillOpacity': 0,
}
