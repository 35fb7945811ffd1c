import { quote, type Problem } from '../../../config/problem/problem.ts'
import { isTagged } from '../../project/index.ts'

const WHERE = '--region'

/** The region of each runner: as many runners in each, as far as they can be divided; undefined where there is none. */
export const dealt = (regions: readonly string[], runners: number): (string | undefined)[] =>
  Array.from({ length: runners }, (_, index) => regions[Math.floor((index * regions.length) / runners)])

/** Why a load cannot come from these regions. */
export function regionProblems(
  regions: readonly string[],
  { runners, more }: { runners: number; more: readonly string[] },
): Problem[] {
  if (regions.length === 0) return []
  const problems: Problem[] = []
  if (runners < regions.length)
    problems.push({
      where: '--instances',
      got: String(runners),
      allowed: `from ${regions.length} on: one for each region`,
    })
  if (isTagged(more, 'region'))
    problems.push({ where: WHERE, got: 'with --tag region', allowed: 'without: each region has its own tag' })
  return problems
}

/** A region and the context of the kubeconfig that leads to its cluster. */
export interface NamedRegion {
  readonly region: string
  readonly context: string
}

/** Reads `eu=CONTEXT`, several of them. */
export function readRegions(given: readonly string[]): { regions: NamedRegion[]; problems: Problem[] } {
  const regions = given.map((text): NamedRegion => {
    const [region = '', context = ''] = text.split(/=(.*)/s, 2)
    return { region, context }
  })
  const problems = given.flatMap((text, index): Problem[] => {
    const { region = '', context = '' } = regions[index] ?? {}
    if (!REGION.test(region) || context === '')
      return [
        {
          where: WHERE,
          got: quote(text),
          allowed: 'a name and a context of the kubeconfig, such as eu=staging-eu',
        },
      ]
    const twice = regions.slice(0, index).some((one) => one.region === region || one.context === context)
    return twice ? [{ where: WHERE, got: quote(text), allowed: 'each name and each context once' }] : []
  })
  return { regions, problems }
}

/** A name that is a label's value, and stands in sentences. */
export const REGION = /^[\w.:-]{1,64}$/
