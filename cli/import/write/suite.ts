import { importLine, keyText, quoted } from '../../project/index.ts'
import { statement } from './layout.ts'
import { call, raw, type Node } from './node.ts'
import { variableName } from './variableName.ts'

/** A journey as it is written. */
export interface WrittenJourney {
  /** The constant that holds it. */
  variable: string
  /** Empty where it is written elsewhere. */
  text: string
  /** Its virtual users, where they are not the file's. */
  vus?: number
  /** Its iterations per second, in the place of virtual users. */
  rate?: number
  /** An executor of k6's, with its options, in the place of a workload. */
  executor?: { name: string; options: Node } | undefined
}

/** What is written as one file. */
export interface SuiteSource {
  name: string
  /** What the file says of itself: a sentence. */
  about: string
  /** What it imports by name from the library, and from which of its doors. */
  used: ReadonlySet<string>
  door: 'loadwright' | 'loadwright/browser'
  /** Further imports, a line each. */
  imports?: readonly string[]
  /** What stands before the journeys: clients, functions. */
  before?: readonly string[]
  journeys: readonly WrittenJourney[]
  /** The lines of the scenarios, where they are not one for each journey. */
  scenarios?: readonly string[]
  /** What they are made by, where that is more than `workload`. */
  makers?: readonly string[]
  /** The suite's constant, where its name would be something else's. */
  variable?: string
  /** Further lines of the suite. */
  also?: readonly string[]
  secrets: boolean
  vus: number | undefined
  thresholds: Readonly<Record<string, readonly string[]>> | undefined
}

/** The function that reads a secret. */
export const SECRET = `/** A secret: none is in this file. Give it by a variable of the shell, or by -e. */
const secret = (name: string): string => {
  const value = __ENV[name]
  if (!value) throw new Error(\`\${name} is not set: export it, or give it by -e\`)
  return value
}`

/** A suite as TypeScript, as a person would write it. */
export function suiteText({
  name,
  about,
  used,
  door,
  imports = [],
  before = [],
  journeys,
  scenarios: given,
  makers: by = ['workload'],
  also = [],
  variable: own,
  secrets,
  vus = 1,
  thresholds,
}: SuiteSource): string {
  const scenarios = given ?? journeys.map((one) => `${scenarioText(one, vus)},`)
  const makers = given ? by : journeys.map(({ executor }) => executor?.name ?? 'workload')
  const limits = Object.entries({ journey_failed: ['rate<0.01'], ...thresholds }).map(
    ([key, list]) => `    ${keyText(key)}: [${list.map(quoted).join(', ')}],`,
  )
  const variable = own ?? variableOf(name, journeys)
  const head = [
    importLine([...new Set([...used, 'suite'])], door),
    importLine([...new Set(makers)], 'loadwright/scenarios'),
    ...imports,
  ]
  const blocks = [
    head.join('\n'),
    ...(secrets ? [SECRET] : []),
    ...before,
    ...journeys.flatMap(({ text }) => (text === '' ? [] : [text])),
    `const ${variable} = suite({
  name: ${quoted(name)},
  scenarios: {
${scenarios.join('\n')}
  },
  thresholds: {
${limits.join('\n')}
  },
${also.map((line) => `${line}\n`).join('')}})`,
    `export const { options, setup, teardown, handleSummary } = ${variable}
export default ${variable}
`,
  ]
  return `/** ${about} */\n${blocks.join('\n\n')}`
}

const scenarioText = ({ variable, executor, vus: own, rate }: WrittenJourney, vus: number): string =>
  executor === undefined
    ? `    ${variable}: workload()(${variable}, ${rate === undefined ? `{ vus: ${own ?? vus} }` : `{ rate: ${rate} }`})`
    : statement(2, `${variable}: `, call(executor.name, raw(variable), executor.options))

/** The suite's own constant, which no journey has. */
const variableOf = (name: string, journeys: readonly WrittenJourney[]): string => {
  const taken = new Set(journeys.map(({ variable }) => variable))
  const own = variableName(name)
  return taken.has(own) ? `${own}Suite` : own
}
