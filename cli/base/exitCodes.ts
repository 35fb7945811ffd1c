/** The CLI's exit codes. */
export const EXIT = {
  pass: 0,
  hookFailed: 94,
  inconclusive: 95,
  invalid: 96,
  fail: 99,
  refused: 104,
  interrupted: 105,
} as const
