/** How far an axis reaches at least, by unit: of zeros alone Grafana draws one up to 100, which is 10 000 %. */
const SOFT_MAX: Readonly<Record<string, number>> = {
  percentunit: 0.01,
  s: 0.1,
  ms: 100,
  bytes: 1024,
  Bps: 1024,
}

/** Where an axis begins and how far it reaches, if no value lies beyond. */
export const softAxis = (unit: string): { axisSoftMin: number; axisSoftMax: number } => ({
  axisSoftMin: 0,
  axisSoftMax: SOFT_MAX[unit] ?? 1,
})
