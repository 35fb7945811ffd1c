/** Minutes that a run may wait for load generators, and for its figures. */
const QUEUE_MINUTES = 10

/** How much a run asks for at its peak, and how long: what the cloud bills. */
export interface Size {
  vus: number
  seconds: number
}

/** VU-hours to three digits: the most VUs × hours, as Grafana Cloud bills them before its reductions. */
export function vuHours({ vus, seconds }: Size): number {
  return Number(((vus * seconds) / 3600).toPrecision(3))
}

/** Milliseconds until a run is aborted: what was given, else as long as it should last and ten minutes. */
export function timeoutOf(given: number | undefined, size: Size | undefined): number {
  return given ?? ((size?.seconds ?? 3600) + QUEUE_MINUTES * 60) * 1000
}
