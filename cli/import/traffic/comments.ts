/** Comments around a request, a line each, without their marks. */
export interface Comments {
  before: readonly string[]
  after: readonly string[]
}
