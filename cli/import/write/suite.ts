import { journeyText, type JourneySource } from './journey.ts'
import { keyText, quoted } from './literal.ts'

/** What is written as one file. */
export interface SuiteSource {
  name: string
  /** What the file says of itself: a sentence. */
  about: string
  journeys: readonly JourneySource[]
  base: string | undefined
  secrets: boolean
  vus: number | undefined
  thresholds: Readonly<Record<string, readonly string[]>> | undefined
}

const SECRET = `/** A secret: none is in this file. Give it by a variable of the shell, or by -e. */
const secret = (name: string): string => {
  const value = __ENV[name]
  if (!value) throw new Error(\`\${name} is not set: export it, or give it by -e\`)
  return value
}`

/** A suite of page journeys as TypeScript, as a person would write it. */
export function suiteText({
  name,
  about,
  journeys,
  base,
  secrets,
  vus = 1,
  thresholds,
}: SuiteSource): string {
  const used = new Set(['suite'])
  const texts = journeys.map((journey) => journeyText(journey, base, used))
  const scenarios = journeys.map(
    ({ variable }) => `    ${variable}: workload()(${variable}, { vus: ${vus} }),`,
  )
  const limits = Object.entries({ journey_failed: ['rate<0.01'], ...thresholds }).map(
    ([key, list]) => `    ${keyText(key)}: [${list.map(quoted).join(', ')}],`,
  )
  const variable = variableOf(name, journeys)
  const browser = [...used].toSorted().join(', ')
  return `/** ${about} */
${importText(browser)}
import { workload } from 'loadwright/scenarios'
${secrets ? `\n${SECRET}\n` : ''}
${texts.join('\n\n')}

const ${variable} = suite({
  name: ${quoted(name)},
  scenarios: {
${scenarios.join('\n')}
  },
  thresholds: {
${limits.join('\n')}
  },
})

export const { options, setup, teardown, handleSummary } = ${variable}
export default ${variable}
`
}

const importText = (names: string): string => {
  const one = `import { ${names} } from 'loadwright/browser'`
  return one.length <= 110
    ? one
    : `import {\n${names
        .split(', ')
        .map((name) => `  ${name},`)
        .join('\n')}\n} from 'loadwright/browser'`
}

/** The suite's own constant, which no journey has. */
const variableOf = (name: string, journeys: readonly JourneySource[]): string => {
  const taken = new Set(journeys.map(({ variable }) => variable))
  const own = variableName(name)
  return taken.has(own) ? `${own}Suite` : own
}

/** Names that the file uses for something else. */
const RESERVED =
  /^(?:page\d*|step|suite|check|ensure|think|secret|options|setup|teardown|handleSummary|workload|pageJourney|visible|hidden|containsText|hasText|hasValue|checked|opened|default|delete|new|return|switch|import|export|function|class|const|let|var|for|while|do|if|else|case|break|continue|try|catch|finally|throw|typeof|void|with|yield|await|in|of|this|super|null|true|false|enum|static|interface|package|private|protected|public|implements|eval|arguments|undefined|console|open)$/

/** A name of the language for a name in words. */
export function variableName(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^A-Za-z\d]+/)
    .filter(Boolean)
  const joined = words
    .map(
      (word, index) =>
        (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1),
    )
    .join('')
  const own = /^[A-Za-z]/.test(joined) ? joined : `recorded${joined}`
  return RESERVED.test(own) ? `${own}Journey` : own
}
