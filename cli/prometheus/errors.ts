/**
 * A sentence about recorded data that cannot be read or computed: a push that is malformed, histograms that
 * do not fit.
 */
export class RecordError extends Error {
  override readonly name = 'RecordError'
}
