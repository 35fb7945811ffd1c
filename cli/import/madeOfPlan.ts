import { sum } from '../../config/sum.ts'
import { importLine } from '../project/index.ts'
import { aboutOf } from './about.ts'
import type { Made } from './made.ts'
import type { Note } from './recording.ts'
import { correlationText } from './traffic/correlate.ts'
import type { Expected } from './traffic/checks.ts'
import type { Plan } from './traffic/plan.ts'
import { clientsOf, clientText } from './write/requests/clients.ts'
import { requestJourneyText } from './write/requests/journey.ts'
import { queryText, type Beside } from './write/requests/payload.ts'
import { poolText } from './write/requests/pool.ts'
import { IN_FILE_PARTS, IN_PARTS } from './write/requests/parts.ts'
import { POLL } from './write/requests/pollLines.ts'
import { GIVEN } from './write/requests/reading.ts'
import { stepsOf } from './write/requests/steps.ts'
import { suiteText, type WrittenJourney } from './write/suite.ts'
import { variableName } from './write/variableName.ts'

/** What a file says beside its requests. */
export interface Around {
  /** What the file is, in words. */
  kind: string
  file: string
  /** The suite's name. */
  name: string
  /** Further imports, a line each. */
  imports?: readonly string[]
  /** Constants that stand before the journey. */
  constants?: readonly string[]
  /** Lines that the journey begins with. */
  opens?: readonly string[]
  /** Lines that it ends with. */
  ends?: readonly string[]
  /** Names of the library that those lines use. */
  used?: readonly string[]
  /** Further variables that hold secrets. */
  secrets?: readonly string[]
  /** Further files beside the suite. */
  files?: Made['files']
  /** Whether its base is where it was recorded; true where not given. */
  recorded?: false
  /** Where it was recorded; the plan's base where not given. */
  base?: string | undefined
  vus?: number | undefined
  /** The executor that the journey has in the place of a workload. */
  executor?: WrittenJourney['executor']
  thresholds?: Readonly<Record<string, readonly string[]>> | undefined
  left: readonly Note[]
  look: readonly Note[]
}

/** Names that a plan's own variables must not have. */
export const reservedFor = (name: string): Set<string> => {
  const variable = variableName(name)
  return new Set([variable, `${variable}Suite`])
}

/** Writes a plan as a suite. */
export function madeOfPlan(plan: Plan, around: Around): Made {
  const { lifted, bound } = plan
  const { kind, file, name } = around
  const base = 'base' in around ? around.base : plan.base
  const variable = variableName(name)
  const clients = clientsOf(plan)
  const beside: Beside = {
    base: plan.base,
    sockets: false,
    polls: false,
    parts: false,
    used: new Set([...(clients.size > 0 ? ['client'] : []), ...(around.used ?? [])]),
    files: false,
    queries: new Map(),
    graphql: new Set(),
    name: (words, suffix) => plan.names.give(words, suffix),
  }
  if (clients.has(plan.base)) beside.used.add('settings')
  const steps = stepsOf(plan, clients)
  const columns = [...lifted.columns.values()]
  const ids = [...lifted.ids.values()].map((own) => `const ${own} = crypto.randomUUID()`)
  const journey = requestJourneyText(
    { name, variable, steps, columns, opens: [...ids, ...(around.opens ?? [])], ends: around.ends ?? [] },
    beside,
  )
  const secrets = [...new Set([...lifted.secrets.values(), ...(around.secrets ?? [])])].toSorted()
  const made = [journey, ...(around.constants ?? []), ...[...clients.values()].map(clientText)]
  const encodes = made.some((one) => one.includes('encoding.b64encode('))
  const text = suiteText({
    name,
    about: aboutOf(kind, file, around.recorded === false ? undefined : base),
    used: beside.used,
    door: 'loadwright',
    imports: [
      ...(beside.polls ? ["import { sleep } from 'k6'"] : []),
      ...(beside.sockets ? ["import { socket } from 'loadwright/websocket'"] : []),
      ...(beside.graphql.size > 0 ? [importLine([...beside.graphql], 'loadwright/graphql')] : []),
      ...(beside.files ? [`import http${beside.parts ? ', { type FileData }' : ''} from 'k6/http'`] : []),
      ...(encodes ? ["import encoding from 'k6/encoding'"] : []),
      ...(around.imports ?? []),
      ...(columns.length > 0 ? [`import people from './${name}.pool.csv'`] : []),
    ],
    before: [
      ...(clients.size > 0 ? [[...clients.values()].map(clientText).join('\n')] : []),
      ...(around.constants ?? []),
      ...[...beside.queries].map(([query, own]) => queryText(own, query)),
      ...(bound.length > 0 ? [GIVEN] : []),
      ...(beside.polls ? [POLL] : []),
      ...(beside.parts ? [beside.files ? IN_FILE_PARTS : IN_PARTS] : []),
    ],
    journeys: [{ variable, text: journey, executor: around.executor }],
    secrets: secrets.length > 0,
    vus: around.vus,
    thresholds: around.thresholds,
  })
  return {
    kind,
    name,
    text,
    files: [
      ...(columns.length > 0 ? [{ name: `${name}.pool.csv`, text: poolText(lifted.columns) }] : []),
      ...(around.files ?? []),
    ],
    counts: {
      journeys: 1,
      steps: steps.length,
      requests: plan.drafts.length,
      checks: sum(plan.expected.map(checkCount)),
    },
    steps: steps.map((step) => step.name),
    read: bound
      .toSorted((a, b) => b.evidence - a.evidence)
      .map((one) => ({ text: correlationText(one, one.variable, plan.requestNames[one.source.at] ?? '') })),
    base,
    secrets,
    left: around.left,
    look: around.look,
  }
}

const checkCount = ({ status, marker, errors, more = [] }: Expected): number =>
  (status === undefined ? 0 : 1) + (errors === undefined ? 0 : 1) + (marker ? 1 : 0) + more.length
