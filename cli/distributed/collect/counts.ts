/** What a collector counted of itself. */
export interface Counts {
  pushes: number
  /** Series in all pushes together. */
  series: number
  /** Samples in these. */
  samples: number
  /** Bytes as they came, compressed. */
  bytes: number
  /** Pushes with the token that were not taken in. */
  refused: number
  /** Pushes that the disk did not take: they are among those that were refused. */
  unkept: number
  /** Requests without the token. */
  unauthorized: number
  /** Connections beyond those that are open at once. */
  dropped: number
}

/** Counts that begin with nothing. */
export const noCounts = (): Counts => ({
  pushes: 0,
  series: 0,
  samples: 0,
  bytes: 0,
  refused: 0,
  unkept: 0,
  unauthorized: 0,
  dropped: 0,
})
