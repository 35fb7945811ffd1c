import { defined } from '../../base/index.ts'
import type { Look } from '../../verdict/index.ts'
import type { Answer, Ask } from './ask.ts'
import { queryOf, type Questions } from './question.ts'

/** The two versions that are watched, by what their series have. */
export interface Versions {
  readonly canary: string
  readonly stable: string
}

/** What one look gave: a figure pair for each metric, by its place in the questions. */
export interface Looked {
  readonly looks: readonly Look[]
  /** Why a question was not answered; undefined where all were. */
  readonly unanswered?: string
  /** Problems of the questions themselves. */
  readonly wrong: readonly string[]
}

/** Asks everything of both versions at the same moment. */
export async function lookAt(
  ask: Ask,
  { metrics, traffic }: Questions,
  { canary, stable }: Versions,
  { at, signal }: { at: Date; signal?: AbortSignal },
): Promise<Looked> {
  const of = (query: string, version: string): Promise<Answer> => ask(queryOf(query, version), at, signal)
  const [requests, ...pairs] = await Promise.all([
    traffic ? of(traffic.query, canary) : undefined,
    ...metrics.map(({ query }) => Promise.all([of(query, stable), of(query, canary)])),
  ])
  const idle = requests && idleWhy(requests, traffic?.least)
  const looks = pairs.map(([ofStable, ofCanary]): Look => {
    const canaryValue = idle === undefined ? valueOf(ofCanary) : undefined
    const why = idle ?? whyOf(ofCanary, canary) ?? whyOf(ofStable, stable)
    return defined({ stable: valueOf(ofStable), canary: canaryValue, why })
  })
  const all = [...(requests ? [requests] : []), ...pairs.flat()]
  const told = (is: Answer['is']): string[] =>
    all.flatMap((one) => (one.is === is && one.is !== 'number' ? [one.why] : []))
  const [unanswered = told('wrong')[0]] = told('unanswered')
  const names = ['traffic', ...metrics.map(({ metric }) => metric.name)]
  const wrong = [[requests], ...pairs].flatMap((answers, index) => {
    const bad = answers.find((one) => one?.is === 'wrong')
    return bad?.is === 'wrong' ? [`${names[index] ?? ''}: the server ${bad.why}`] : []
  })
  return { looks, wrong, ...defined({ unanswered }) }
}

const valueOf = (answer: Answer): number | undefined => (answer.is === 'number' ? answer.value : undefined)

const whyOf = (answer: Answer, version: string): string | undefined => {
  if (answer.is === 'number') return undefined
  return answer.is === 'nothing' ? `${answer.why} of ${version}` : `the server ${answer.why}`
}

/** Why a look says nothing of the canary: it gets too few requests, or nobody knows. */
function idleWhy(requests: Answer, least = 0): string | undefined {
  if (requests.is === 'nothing') return `no traffic (${requests.why})`
  if (requests.is !== 'number') return `the server ${requests.why}`
  const isEnough = least === 0 ? requests.value > 0 : requests.value >= least
  return isEnough ? undefined : `too little traffic (${requests.value})`
}
