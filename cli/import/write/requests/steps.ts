import type { Draft } from '../../traffic/draft.ts'
import { operationNames, operationOf, operationsOf } from '../../traffic/operation.ts'
import type { Plan } from '../../traffic/plan.ts'
import { freeNames } from '../../traffic/names.ts'
import type { ClientSource } from './clients.ts'
import type { StepSource } from './journey.ts'
import { ownChecks } from './ownChecks.ts'
import type { RequestSource } from './requestSource.ts'
import { sessionsOf } from './sessions.ts'

/** People do not wait longer, even where a recording does. */
const MAX_THINK_SECONDS = 30

/** The steps of a plan, each with its requests. */
export function stepsOf(plan: Plan, clients: ReadonlyMap<string, ClientSource>): StepSource[] {
  const { drafts, requestNames, groups, expected, bound, lifted, names, comments } = plan
  const sessions = sessionsOf(plan, clients)
  const stepOf = (request: number): number => groups.findIndex(({ requests }) => requests.includes(request))
  return groups.map(({ name, requests, pause, think }, step) => {
    const answers = freeNames(names.taken)
    const taken = { nouns: new Set<string>(), names: new Set<string>() }
    const sources = requests.flatMap((request): RequestSource[] => {
      const draft = drafts[request]
      const client = draft && clients.get(draft.origin)
      if (draft === undefined) return []
      const session = sessions.find((one) => client !== undefined && one.client === client && one.step < step)
      return [
        {
          draft,
          name: requestNames[request] ?? '/',
          client: session?.variable ?? client?.variable ?? '',
          answer: answers.give(expected[request]?.noun ?? 'answer', 'Answer'),
          expected: ownChecks(expected[request] ?? { noun: 'it', status: undefined }, taken),
          operations:
            client && (operationOf(draft) ?? operationsOf(draft)) && doorOf(draft, session ?? client, names),
          reads: bound.filter(({ source }) => source.at === request),
          comments: comments?.get(request),
          shared: new Set([...(client?.headers.keys() ?? []), ...(session ? [session.header] : [])]),
        },
      ]
    })
    const gives = bound.filter(
      ({ source, uses }) => requests.includes(source.at) && uses.some(({ at }) => stepOf(at) > step),
    )
    return {
      name: lifted.hide(name),
      requests: sources,
      think: step === 0 ? undefined : think === undefined ? thinkOf(pause) : think[1] > 0 ? think : undefined,
      gives: gives.map(({ variable }) => variable),
      sessions: sessions.filter((session) => session.step === step),
    }
  })
}

/** What sends operations to an address by a client, or by a session of it: one for all that go there. */
function doorOf(
  draft: Draft,
  { operations, variable }: Pick<ClientSource, 'operations' | 'variable'>,
  names: Plan['names'],
): string {
  const { pathname, search } = new URL(draft.exchange.url)
  const what = search === '' ? '' : ` ${operationNames(draft)?.join(' ') ?? ''}`
  const own =
    operations.get(pathname + search) ?? names.give(`ask${what}${variable === 'member' ? ' as member' : ''}`)
  operations.set(pathname + search, own)
  return own
}

/** About as long as it took when it was recorded; where nothing is known, as long as people usually take. */
function thinkOf(pause: number | undefined): readonly [number, number] {
  if (pause === undefined) return [1, 3]
  const seconds = Math.min(MAX_THINK_SECONDS, pause / 1000)
  return seconds < 0.2 ? [0.1, 0.3] : [tenth(seconds * 0.75), tenth(seconds * 1.25)]
}

const tenth = (seconds: number): number => Math.round(seconds * 10) / 10
