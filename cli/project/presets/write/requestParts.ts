import { importLine } from '../../source/importLine.ts'
import { quoted } from '../../source/text.ts'
import type { Preset, PresetRequest } from '../preset.ts'
import { identifier } from './identifier.ts'
import { loadText, PATTERN, patternLines } from './loadText.ts'
import { GRAPHQL_PATH } from '../requestRules.ts'
import { variablesIn } from '../variables.ts'
import { operationsOf, requestLines } from './requestLines.ts'
import type { SourceLine, SuiteParts } from './parts.ts'

/** Seconds that a request is taken to last, for the number of VUs that an open load gets. */
const TYPICAL_SECONDS = 0.5

const OF_GRAPHQL = ['graphql', 'noErrors']

/** The parts of a suite of requests: with weights a journey each, without one journey of all, in their order. */
export function requestParts({ name, requests = [], think, load }: Preset): SuiteParts {
  const used = new Set(['client', 'journey', 'settings', 'step', 'suite'])
  const weighted = requests.some(({ weight }) => weight !== undefined)
  const groups = weighted ? requests.map((one) => [one.name, [one]] as const) : [[name, requests] as const]
  const paths = [...new Set(requests.flatMap(({ graphql, path }) => (graphql ? [path] : [])))]
  const pattern = patternLines(load)
  const taken = new Set([...paths.map(operationsOf), ...(pattern.length > 0 ? [PATTERN] : [])])
  const made = groups.map(([journey, own]) => {
    const variable = identifier(journey, taken)
    taken.add(variable)
    return { variable, weight: own[0]?.weight, lines: journeyLines(variable, journey, own, think, used) }
  })
  const [first] = made
  const shares = made.map(({ variable, weight = 1 }) => `[${variable}, ${weight}]`)
  if (made.length > 1) used.add('weighted')
  const exec = made.length > 1 ? `weighted(${shares.join(', ')})` : (first?.variable ?? '')
  return {
    imports: [
      ...(variablesIn({ requests }).length > 0 ? ["import secrets from 'k6/secrets'"] : []),
      importLine(
        [...used].filter((one) => !OF_GRAPHQL.includes(one)),
        'loadwright',
      ),
      ...(paths.length > 0 ? [importLine(OF_GRAPHQL, 'loadwright/graphql')] : []),
      importLine(['workload'], 'loadwright/scenarios'),
    ],
    body: [
      { text: 'const api = client(settings().BASE_URL)' },
      ...paths.map((path) => ({
        text: `const ${operationsOf(path)} = graphql(api${path === GRAPHQL_PATH ? '' : `, ${quoted(path)}`})`,
      })),
      { text: '' },
      ...made.flatMap(({ lines }) => [...lines, { text: '' }]),
      ...pattern,
    ],
    scenarios: `{ requests: workload()(${exec}, ${loadText(load)}) }`,
  }
}

function journeyLines(
  variable: string,
  journey: string,
  requests: readonly PresetRequest[],
  think: Preset['think'],
  used: Set<string>,
): SourceLine[] {
  if (think) used.add('think')
  const variables = variablesIn({ requests })
  const pause = think && `    think(${think[0] === think[1] ? think[0] : think.join(', ')})`
  const seconds = requests.length * (TYPICAL_SECONDS + (think ? (think[0] + think[1]) / 2 : 0))
  return [
    { text: `const ${variable} = journey(` },
    { text: `  ${quoted(journey)},` },
    { text: variables.length > 0 ? '  async () => {' : '  () => {' },
    // Where there is no variable, as in Grafana Cloud, it is a secret of that name.
    ...variables.map((name) => ({
      text: `    const ${name} = __ENV.${name} || (await secrets.get('${name}'))`,
    })),
    ...requests.flatMap((request): SourceLine[] => [
      ...[`    step(${quoted(request.name)}, () => {`, ...requestLines(request, 3, used), '    })']
        .flatMap((text) => text.split('\n'))
        .map((text) => ({ text, at: request.at })),
      ...(pause === undefined ? [] : [{ text: pause, at: request.at }]),
    ]),
    { text: '  },' },
    { text: `  { typicalSeconds: ${Math.max(1, Math.ceil(seconds))} },` },
    { text: ')' },
  ]
}
