import { EXIT } from '../../base/index.ts'
import { reasonOf, type Reason, type Values, type Verdict } from '../../record/index.ts'

/** What a rule makes of a run: its verdict with the exit code of the command line, or a note beside it. */
export type VerdictEffect = keyof typeof EFFECTS | 'note'

export const EFFECTS = {
  interrupted: { verdict: 'invalid', exitCode: EXIT.interrupted },
  refused: { verdict: 'invalid', exitCode: EXIT.refused },
  invalid: { verdict: 'invalid', exitCode: EXIT.invalid },
  fail: { verdict: 'fail', exitCode: EXIT.fail },
  inconclusive: { verdict: 'inconclusive', exitCode: EXIT.inconclusive },
  pass: { verdict: 'pass', exitCode: EXIT.pass },
} as const satisfies Record<string, { verdict: Verdict; exitCode: number }>

/** A row of the table of rules. `Found` are the figures and names of one sentence. */
export interface RuleRow<Facts, Found extends Values<Found>> {
  /** The name by which programs know it. It stays the same; rows of one code differ in their effect. */
  readonly code: string
  /** When it applies, for docs/reasons.md. */
  readonly about: string
  readonly effect: VerdictEffect
  /** What it finds in a run: each finding is a reason, or a note; none where it does not apply. */
  readonly when: (facts: Facts) => readonly Found[]
  readonly say: (found: Found) => string
}

/** A row as a judgement reads it: findings are reasons by then. */
export interface VerdictRule<Facts> extends Pick<RuleRow<Facts, object>, 'code' | 'about' | 'effect'> {
  readonly read: (facts: Facts) => readonly Reason[]
}

/** Makes a rule of its row. */
export function rule<Facts, Found extends Values<Found>>({
  when,
  say,
  ...row
}: RuleRow<Facts, Found>): VerdictRule<Facts> {
  return { ...row, read: (facts) => when(facts).map((found) => reasonOf(row.code, say(found), found)) }
}

/** A rule that is read only where something else holds, too. */
export const only = <Facts>(
  row: VerdictRule<Facts>,
  holds: (facts: Facts) => boolean,
): VerdictRule<Facts> => ({
  ...row,
  read: (facts) => (holds(facts) ? row.read(facts) : []),
})

/** Rules that decide together, and all that is then told, in this order: those rules alone, unless more are named. */
export interface VerdictStage<Facts> {
  readonly decide: readonly VerdictRule<Facts>[]
  readonly tell?: readonly VerdictRule<Facts>[]
}

/** A verdict with its reasons, most important first, and the CLI's exit code. */
export interface Judgement {
  verdict: Verdict
  reasons: Reason[]
  exitCode: number
}

/** The judgement of the first stage that finds something: its first finding decides. Undefined where none does. */
export function decided<Facts>(stages: readonly VerdictStage<Facts>[], facts: Facts): Judgement | undefined {
  for (const { decide, tell = decide } of stages) {
    const effect = decide.find((row) => row.read(facts).length > 0)?.effect
    if (effect === undefined || effect === 'note') continue
    return { ...EFFECTS[effect], reasons: tell.flatMap((row) => row.read(facts)) }
  }
  return undefined
}

/** What rules find, in their order. */
export const told = <Facts>(rules: readonly VerdictRule<Facts>[], facts: Facts): Reason[] =>
  rules.flatMap((row) => row.read(facts))
