export const VERDICTS = ['pass', 'fail', 'inconclusive', 'invalid'] as const

/** What a run came to. */
export type Verdict = (typeof VERDICTS)[number]
