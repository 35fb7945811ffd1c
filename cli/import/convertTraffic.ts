import { UserError } from '../base/index.ts'
import type { Made } from './made.ts'
import { madeOfPlan, reservedFor } from './madeOfPlan.ts'
import { leftNotes } from './traffic/leftNotes.ts'
import { lookAtPlan } from './traffic/look.ts'
import { planOf, type Plan } from './traffic/plan.ts'
import type { Traffic } from './traffic/traffic.ts'

/** A person causes some hundred requests in a recording. */
const MAX_REQUESTS = 5000

/** Makes a suite of recorded requests: the same recording makes the same text. */
export function convertTraffic(
  traffic: Traffic,
  file: string,
  name: string,
  include: readonly string[],
): Made {
  const plan = planOf(traffic, include, reservedFor(name))
  refuseUnfit(plan, file)
  return madeOfPlan(plan, {
    kind: traffic.kind,
    file,
    name,
    left: [...traffic.left, ...leftNotes(plan)],
    look: [...traffic.look, ...lookAtPlan(plan)],
  })
}

/** Throws UserError where a plan has no request, or too many. */
export function refuseUnfit(plan: Plan, file: string): void {
  if (plan.drafts.length === 0)
    throw new UserError(
      `${file}: none of its requests is one of a journey: ${leftNotes(plan)
        .map(({ text }) => text)
        .join('; ')}. Keep some of them by --include.`,
    )
  if (plan.drafts.length > MAX_REQUESTS)
    throw new UserError(
      `${file}: got ${plan.drafts.length} requests; allowed: ${MAX_REQUESTS}: record one journey alone`,
    )
}
