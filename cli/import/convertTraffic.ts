import { UserError } from '../base/index.ts'
import { aboutOf } from './about.ts'
import type { Made } from './made.ts'
import { correlationText } from './traffic/correlate.ts'
import { leftNotes } from './traffic/leftNotes.ts'
import { lookAtPlan } from './traffic/look.ts'
import { planOf } from './traffic/plan.ts'
import type { Traffic } from './traffic/traffic.ts'
import { clientsOf, clientText } from './write/requests/clients.ts'
import { requestJourneyText } from './write/requests/journey.ts'
import { queryText, type Beside } from './write/requests/payload.ts'
import { poolText } from './write/requests/pool.ts'
import { GIVEN } from './write/requests/reading.ts'
import { stepsOf } from './write/requests/steps.ts'
import { suiteText } from './write/suite.ts'
import { variableName } from './write/variableName.ts'

/** A person causes some hundred requests in a recording. */
const MAX_REQUESTS = 5000

/** Makes a suite of recorded requests: the same recording makes the same text. */
export function convertTraffic(
  traffic: Traffic,
  file: string,
  name: string,
  include: readonly string[],
): Made {
  const variable = variableName(name)
  const plan = planOf(traffic, include, new Set([variable, `${variable}Suite`]))
  const { lifted, bound, base } = plan
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
  const clients = clientsOf(plan)
  const beside: Beside = {
    used: new Set(['client']),
    files: false,
    queries: new Map(),
    name: (words, suffix) => plan.names.give(words, suffix),
  }
  if (clients.has(base)) beside.used.add('settings')
  const steps = stepsOf(plan, clients)
  const columns = [...lifted.columns.values()]
  const journey = requestJourneyText({ name, variable, steps, columns }, beside)
  const secrets = [...new Set(lifted.secrets.values())].toSorted()
  const text = suiteText({
    name,
    about: aboutOf(traffic.kind, file, base),
    used: beside.used,
    door: 'loadwright',
    imports: [
      ...(beside.files ? ["import http from 'k6/http'"] : []),
      ...(columns.length > 0 ? [`import people from './${name}.pool.csv'`] : []),
    ],
    before: [
      [...clients.values()].map(clientText).join('\n'),
      ...[...beside.queries].map(([query, own]) => queryText(own, query)),
      ...(bound.length > 0 ? [GIVEN] : []),
    ],
    journeys: [{ variable, text: journey }],
    secrets: secrets.length > 0,
    vus: undefined,
    thresholds: undefined,
  })
  return {
    kind: traffic.kind,
    name,
    text,
    files: columns.length > 0 ? [{ name: `${name}.pool.csv`, text: poolText(lifted.columns) }] : [],
    counts: {
      journeys: 1,
      steps: steps.length,
      requests: plan.drafts.length,
      checks: plan.expected.reduce((sum, { status, marker }) => sum + (status ? 1 : 0) + (marker ? 1 : 0), 0),
    },
    steps: steps.map((step) => step.name),
    read: bound
      .toSorted((a, b) => b.evidence - a.evidence)
      .map((one) => ({ text: correlationText(one, one.variable, plan.requestNames[one.source.at] ?? '') })),
    base,
    secrets,
    left: [...traffic.left, ...leftNotes(plan)],
    look: [...traffic.look, ...lookAtPlan(plan)],
  }
}
