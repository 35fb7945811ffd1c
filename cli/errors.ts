import { message, type Problem } from '../config/index.ts'

/** The CLI's exit codes. */
export const EXIT = {
  pass: 0,
  inconclusive: 95,
  invalid: 96,
  fail: 99,
  refused: 104,
  interrupted: 105,
} as const

/** A mistake of the person at the keyboard: shown as its message, without a stack; ends with `exitCode`. */
export class UserError extends Error {
  override readonly name = 'UserError'
  readonly exitCode: number
  constructor(text: string, exitCode: number = EXIT.refused) {
    super(text)
    this.exitCode = exitCode
  }
}

/** Throws one UserError with every problem, if there are any. */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new UserError(message(problems))
}
