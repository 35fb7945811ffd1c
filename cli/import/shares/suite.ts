import { firstFree, importLine, type Exported } from '../../project/index.ts'
import { aboutOf } from '../about.ts'
import { freeNames } from '../traffic/names.ts'
import { statement } from '../write/layout.ts'
import { call, list, object, raw } from '../write/node.ts'
import { suiteText } from '../write/suite.ts'
import { variableName } from '../write/variableName.ts'

/** What is written as a suite of another suite's journeys. */
export interface JourneysSource {
  kind: string
  file: string
  name: string
  /** The journeys with their shares of all iterations; `from` as the new suite imports it. */
  journeys: readonly (Exported & { share: number })[]
  metrics: readonly Exported[]
  /** Iterations per second. */
  rate: number
  browser: boolean
}

/** Names of the suite's own. */
const OWN = new Set(['suite', 'mix', 'workload', 'pattern', 'options', 'setup', 'teardown', 'handleSummary'])

/** A suite that divides one load between journeys of other modules, by their shares of production. */
export function journeysSuite({
  kind,
  file,
  name,
  journeys,
  metrics,
  rate,
  browser,
}: JourneysSource): string {
  const taken = new Set(OWN)
  const imports = new Map<string, string[]>()
  const local = ({ variable, from }: Exported): string => {
    const own = firstFree(variable, (name) => taken.has(name))
    taken.add(own)
    imports.set(from, [...(imports.get(from) ?? []), own === variable ? own : `${variable} as ${own}`])
    return own
  }
  const shares = journeys.map((one): [string, ReturnType<typeof list>] => {
    const own = local(one)
    return [own, list([raw(own), raw(String(one.share))])]
  })
  const tables = metrics.map(local)
  const load = object([
    ['rate', raw(String(rate))],
    ['pattern', raw('pattern')],
  ])
  const variable = variableName(name, 'Suite')
  return suiteText({
    name,
    about: aboutOf(kind, file, undefined),
    used: new Set(),
    door: browser ? 'loadwright/browser' : 'loadwright',
    imports: [
      ...[...imports].map(([from, names]) => importLine(names, from)),
      `import { pattern } from './${name}.traffic.json'`,
    ],
    journeys: [],
    scenarios: [`${statement(2, '...', call('mix', call('workload'), load, object(shares)))},`],
    makers: ['mix', 'workload'],
    variable: taken.has(variable) ? freeNames(taken).give(`${name} suite`, 'Suite') : variable,
    also: tables.length > 0 ? [`  metrics: [${tables.join(', ')}],`] : [],
    secrets: false,
    vus: undefined,
    thresholds: undefined,
  })
}
