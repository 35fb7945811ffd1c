/** Milliseconds between two pushes of k6 to the recorder: nearly free, and a curve has a point each second. */
export const PUSH_INTERVAL_MS = 1000
