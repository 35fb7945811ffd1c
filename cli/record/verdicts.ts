export const VERDICTS = ['pass', 'fail', 'inconclusive', 'invalid'] as const

/** What a run came to. */
export type Verdict = (typeof VERDICTS)[number]

/** A verdict as a sentence begins with it. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'Pass',
  fail: 'Fail',
  inconclusive: 'Inconclusive',
  invalid: 'Invalid',
}
