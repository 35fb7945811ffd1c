import type { Facts, JudgedFacts } from '../facts.ts'
import { ABORTED, BROWSER_ENDED, INTERRUPTED, K6_FAILED, KILLED, LATE } from './ended.ts'
import { CLOCKS_DIFFER, INSTANCE_LOST, INSTANCE_UNSOUND, INSTANCES_APART } from './ended.ts'
import { NOT_STOPPED, NOT_TOGETHER, UNCOUNTED, UNHEARD, UNLIKE_PLAN } from './ended.ts'
import { NOT_STARTED, REFUSED, SCRIPT_ENDED, SCRIPT_ENDED_BY, STOPPED } from './ended.ts'
import { FEW_UNFINISHED, NO_ITERATIONS, UNFINISHED } from './iterations.ts'
import { DROPPED, EXHAUSTED, FEW_DROPPED, MAX_DURATION, RATE_NOT_KEPT } from './load.ts'
import { BODIES, CLOCK_JUMPED, CROWDED, HARDLY_ANY_ROOM, OTHER_CLOCK } from './machine.ts'
import { OUT_OF_ROOM, SATURATED, SLOWED } from './machine.ts'
import { HARDLY_STEADY, PHASE_CUT, PHASE_CUT_BY, UNSTEADY } from './phases.ts'
import {
  CAUSES_LEFT_OUT,
  DISAGREEMENT,
  FULL,
  MANY_NAMES,
  PART_FIGURES,
  QUANTILES_DIFFER,
  SHARED_NAMES,
  UNREAD,
} from './record.ts'
import { only, type VerdictRule, type VerdictStage } from './rule.ts'
import { FEW_TEST_ERRORS, FEW_THREW, SCRIPT_THREW, TEST_ERROR, THREW_OUTSIDE } from './script.ts'
import { ROWS_FAILED, ROWS_UNKNOWN, SETUP_THREW, TARGET_FAILING } from './target.ts'
import { TARGET_SILENT, TARGET_UNREACHABLE, TUNNEL_ANSWERED } from './target.ts'
import { CROSSED_IN_REGION } from './thresholds.ts'
import { CHECKS_FAILED, CHECKS_HELD, CROSSED, CROSSED_FOR_K6, FEW_SAMPLES, HELD } from './thresholds.ts'
import { MARKED, NEAR_LIMIT, NOTHING_JUDGED, OUT_OF_PHASE, SINGLE_PASS, UNMEASURED } from './thresholds.ts'

/** Rules that make a run invalid, beside those on how it ended. */
const DOUBTS: readonly VerdictRule<Facts>[] = [
  ...[TUNNEL_ANSWERED, SCRIPT_ENDED, ABORTED, K6_FAILED, TEST_ERROR],
  ...[MAX_DURATION, DROPPED, EXHAUSTED, RATE_NOT_KEPT],
  ...[SATURATED, CROWDED, CLOCK_JUMPED, PHASE_CUT, DISAGREEMENT],
]

/** What was crossed may be why, as where a slow target keeps all VUs busy; what the test's errors kept from being measured. */
const BESIDE: readonly VerdictRule<Facts>[] = [
  CROSSED,
  only(UNMEASURED, (facts) => TEST_ERROR.read(facts).length > 0),
]

const invalid = (...decide: readonly VerdictRule<Facts>[]): VerdictStage<Facts> => ({
  decide,
  tell: [...decide, ...BESIDE],
})

const isSilent = (facts: Facts): boolean => TARGET_SILENT.read(facts).length > 0

/** How a run is judged: the first stage that finds something decides; no data is never a pass. */
export const STAGES: readonly VerdictStage<Facts>[] = [
  { decide: [STOPPED], tell: [STOPPED, OUT_OF_ROOM] },
  ...[INTERRUPTED, REFUSED, ROWS_FAILED].map((row) => ({ decide: [row] })),
  // Before whatever the target is blamed for.
  invalid(OUT_OF_ROOM),
  {
    decide: [TARGET_FAILING],
    tell: [TARGET_FAILING, CROSSED, SCRIPT_THREW, TEST_ERROR, SCRIPT_ENDED_BY],
  },
  invalid(TARGET_UNREACHABLE, SETUP_THREW, ROWS_UNKNOWN),
  invalid(FULL, INSTANCE_LOST, INSTANCE_UNSOUND, NOT_STOPPED, NOT_TOGETHER, UNLIKE_PLAN, UNHEARD),
  invalid(NOT_STARTED),
  invalid(KILLED),
  invalid(BROWSER_ENDED),
  invalid(...DOUBTS),
  // Where one was stuck says why.
  { decide: [NO_ITERATIONS], tell: [NO_ITERATIONS, UNFINISHED, ...BESIDE] },
  {
    decide: [CROSSED, MARKED, CROSSED_FOR_K6],
    tell: [TARGET_SILENT, CROSSED, MARKED, CROSSED_FOR_K6, SCRIPT_THREW, UNFINISHED, UNMEASURED],
  },
  {
    decide: [only(UNMEASURED, ({ singlePass }) => !singlePass)],
    tell: [UNMEASURED, SCRIPT_THREW, UNFINISHED],
  },
  { decide: [SCRIPT_THREW], tell: [SCRIPT_THREW, UNFINISHED] },
  { decide: [UNFINISHED] },
  // Where checks hold of that, it is what was meant.
  { decide: [only(TARGET_SILENT, ({ checks }) => checks === 0)] },
  { decide: [only(CHECKS_FAILED, isSilent)], tell: [TARGET_SILENT, CHECKS_FAILED] },
  { decide: [SINGLE_PASS] },
  { decide: [UNSTEADY] },
  { decide: [UNREAD] },
  { decide: [OUT_OF_PHASE] },
  { decide: [HELD] },
  { decide: [only(CHECKS_FAILED, ({ script, checks }) => script && checks > 0)] },
  { decide: [CHECKS_HELD] },
  { decide: [NOTHING_JUDGED] },
]

/** What deserves attention and changes no verdict, the most important first. */
export const NOTES: readonly VerdictRule<JudgedFacts>[] = [
  ...[LATE, THREW_OUTSIDE, FEW_TEST_ERRORS, FEW_THREW, FEW_UNFINISHED],
  // Before what follows: one of the two clocks is wrong.
  ...[
    HARDLY_ANY_ROOM,
    SLOWED,
    OTHER_CLOCK,
    FEW_DROPPED,
    INSTANCES_APART,
    CLOCKS_DIFFER,
    UNCOUNTED,
    PART_FIGURES,
    CROSSED_IN_REGION,
    PHASE_CUT_BY,
    HARDLY_STEADY,
    FEW_SAMPLES,
    NEAR_LIMIT,
  ],
  ...[BODIES, CAUSES_LEFT_OUT, MANY_NAMES, SHARED_NAMES, QUANTILES_DIFFER],
]
