import { onEach } from './rule.ts'

interface HeatmapOptions {
  readonly calculate?: boolean
  readonly yAxis?: { readonly unit?: string }
  readonly cellValues?: { readonly unit?: string }
}

/** A cell counts, an axis measures: each has its own unit. */
export const heatmaps = onEach(['heatmap'], (panel, say) => {
  const { calculate, yAxis, cellValues } = (panel.options ?? {}) as HeatmapOptions
  if (yAxis?.unit !== 's' && yAxis?.unit !== 'ms')
    say(`its axis has the unit ${yAxis?.unit ?? 'none'}, and is a time`)
  // Values that Grafana itself puts into cells are counted; what Prometheus gives is a rate.
  const wanted = calculate === true ? 'short' : 'reqps'
  if (cellValues?.unit !== wanted) say(`its cells have the unit ${cellValues?.unit ?? 'none'}, not ${wanted}`)
})
