/** Markers of runs in Grafana: start, end, phases, verdict, baseline. */
export { annotate } from './annotate.ts'
export { followRun, type Following } from './follow.ts'
export { grafanaOf, type Grafana } from './grafana.ts'
export { markersOf, type Marker } from './markers.ts'
export { readyGrafana } from './ready.ts'
