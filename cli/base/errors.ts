import { message, type Problem } from '../../config/problem/problem.ts'
import { EXIT } from './exitCodes.ts'

/** A mistake of the person at the keyboard: shown as its message, without a stack; ends with `exitCode`. */
export class UserError extends Error {
  override readonly name = 'UserError'
  readonly exitCode: number
  constructor(text: string, exitCode: number = EXIT.refused, options?: ErrorOptions) {
    super(text, options)
    this.exitCode = exitCode
  }
}

/** One UserError with every problem; a part that has its own words gives sentences. */
export function refusal(problems: readonly (Problem | string)[]): UserError {
  return new UserError(message(problems))
}

/** Throws one UserError with every problem, if there are any. */
export function refuse(problems: readonly (Problem | string)[]): void {
  if (problems.length > 0) throw refusal(problems)
}
