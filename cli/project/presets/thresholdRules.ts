import { unknownWord } from '../../../config/problem/nearest.ts'
import type { Problem } from '../../../config/problem/problem.ts'
import { K6_METRICS, PROTOCOL_METRICS } from '../../../config/thresholds/metricKinds.ts'
import { parseThresholdKey } from '../../../config/thresholds/thresholdKey.ts'
import { thresholdProblems } from '../../../config/thresholds/thresholdProblems.ts'
import { CATALOG } from '../../../lib/catalog.ts'
import type { Draft } from './draft.ts'
import type { JourneyModule } from './journeyModule.ts'
import { nameOf } from './requestRules.ts'

type TellProblem = (path: string, problem: Problem) => void

/** What is wrong with thresholds, whose metrics are k6's, the library's and those of the suite. */
export function thresholdRules(draft: Draft, module: JourneyModule | undefined, tell: TellProblem): void {
  const ours = Object.fromEntries(Object.entries(CATALOG).map(([name, { kind }]) => [name, kind]))
  const kinds = { ...K6_METRICS, ...PROTOCOL_METRICS, ...ours, ...module?.metrics }
  for (const [key, given] of Object.entries(draft.thresholds ?? {})) {
    const path = /^\w+$/.test(key) ? `thresholds.${key}` : `thresholds[${JSON.stringify(key)}]`
    const list = [given].flat().filter((one) => one !== undefined)
    for (const problem of thresholdProblems({ [key]: list }, kinds)) tell(path, problem)
    const tags = parseThresholdKey(key)?.tags ?? {}
    for (const [tag, words] of Object.entries(placesOf(draft, module))) {
      const named = tags[tag]
      if (named !== undefined && words.length > 0 && !words.includes(named))
        tell(path, unknownWord('', named, words))
    }
  }
}

/** The names that a threshold may narrow to, by tag; none where they are not known. */
function placesOf({ name = '', requests = [] }: Draft, module: JourneyModule | undefined) {
  const names = [
    ...new Set(
      requests.flatMap((one) =>
        (one?.path ?? one?.graphql) === undefined || one === undefined ? [] : [nameOf(one)],
      ),
    ),
  ]
  const weighted = requests.some((one) => one?.weight !== undefined)
  const journeys = weighted ? names : requests.length > 0 ? [name] : []
  return { name: names, step: names, journey: module ? Object.keys(module.journeys) : journeys }
}
