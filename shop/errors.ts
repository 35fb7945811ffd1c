/** What the shop refuses to start with: each problem is a sentence, the message is all of them, one a line. */
export class ShopError extends Error {
  override readonly name = 'ShopError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(problems.join('\n'), options)
    this.problems = problems
  }
}
