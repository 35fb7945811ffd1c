import { quoted } from '../../project/index.ts'
import { aboutOf } from '../about.ts'
import { statement } from '../write/layout.ts'
import { call, list, object, raw } from '../write/node.ts'
import { suiteText } from '../write/suite.ts'
import { TODO } from '../todo.ts'
import { variableName } from '../write/variableName.ts'
import type { MixedRequest } from './requests.ts'

/** What is written as a suite of single requests. */
export interface MixSource {
  kind: string
  file: string
  name: string
  requests: readonly MixedRequest[]
  /** Requests per second. */
  rate: number
  /** Seconds that one usually takes. */
  typicalSeconds: number
  /** Whether its arrivals are known as a pattern, in `NAME.traffic.json`. */
  pattern?: boolean
  /** Whether the requests are those of tasks, and none was recorded. */
  tasks?: boolean
}

/** Names of the suite's own. */
export const MIX_NAMES = new Set([
  'api',
  'visit',
  'pattern',
  'visitors',
  'weighted',
  'weightedRow',
  'ensure',
  'Visit',
])

/** A suite whose journeys are single requests, by their weights in production or in tasks. */
export function mixSuite({
  kind,
  file,
  name,
  requests,
  rate,
  typicalSeconds,
  pattern = true,
  tasks = false,
}: MixSource): string {
  const pooled = requests.filter(({ rows }) => rows.length > 0)
  const methods = requests.some(({ method }) => method !== 'GET')
  const sources = requests.map(({ variable, name: own, method, status, path, isOpen }) => {
    const fields: [string, ReturnType<typeof raw>][] = [
      ['name', raw(quoted(own))],
      ...(method === 'GET' ? [] : [['method', raw(quoted(method))] as [string, ReturnType<typeof raw>]]),
      ['answers', raw(String(status))],
      path === undefined ? ['paths', raw(`${variable}Paths`)] : ['path', raw(quoted(path))],
    ]
    const todo = isOpen ? `// ${TODO} ${name}.${variable}.pool.csv: write ids that the target knows\n` : ''
    return (
      todo + statement(0, `export const ${variable} = `, call('visit', raw(quoted(variable)), object(fields)))
    )
  })
  const shares = requests.map(({ variable, count }) => list([raw(variable), raw(String(count))]))
  const load = object([
    ['rate', raw(String(rate))],
    ...(pattern ? [['pattern', raw('pattern')] as const] : []),
  ])
  return suiteText({
    name,
    about: aboutOf(kind, file, undefined),
    used: new Set([
      'client',
      'ensure',
      'journey',
      'settings',
      'status',
      'step',
      'weighted',
      ...(pooled.length > 0 ? ['weightedRow'] : []),
    ]),
    door: 'loadwright',
    imports: [
      ...pooled.map(({ variable }) => `import ${variable}Paths from './${name}.${variable}.pool.csv'`),
      ...(pattern ? [`import { pattern } from './${name}.traffic.json'`] : []),
    ],
    before: [
      'const api = client(settings().BASE_URL)',
      visitText({
        pooled: pooled.length > 0,
        methods,
        seconds: typicalSeconds,
        of: tasks ? OF_TASKS : OF_LOG,
      }),
      sources.join('\n'),
    ],
    journeys: [],
    variable: suiteVariable(name, requests),
    scenarios: [`${statement(2, 'visitors: ', call('workload()', call('weighted', ...shares), load))},`],
    secrets: false,
    vus: undefined,
    thresholds: undefined,
  })
}

const suiteVariable = (name: string, requests: readonly MixedRequest[]): string => {
  const own = variableName(name, 'Suite')
  return MIX_NAMES.has(own) || requests.some(({ variable }) => own === variable || own === `${variable}Paths`)
    ? `${own}Suite`
    : own
}

/** What is said of requests in the suite, and how they are sent, by where they are known from. */
const OF_LOG = {
  request: 'A request of production: its name, the status that it had, its address',
  journey: 'A journey of one request; a redirect is not followed: where it leads to is a request of its own.',
  options: '{ name, redirects: 0 }',
}
const OF_TASKS: typeof OF_LOG = {
  request: 'A request of tasks: its name, the status that is expected, its address',
  journey: 'A journey of one request: how often it is made, the weights of the tasks say.',
  options: '{ name }',
}

const POOLED = `/** REQUEST or a pool of addresses with their counts. */
interface Visit {
  name: string
METHOD  answers: number
  path?: string
  paths?: Parameters<typeof weightedRow<Record<string, string>>>[0]
}

/** JOURNEY */
const visit = (title: string, { name, GIVENanswers, path = '/', paths }: Visit) =>
  journey(
    title,
    () => {
      const address = paths ? weightedRow(paths, 'count').path : path
      step(title, () => {
        const answer = api.SEND(address ?? path, OPTIONS)
        ensure(answer, { [\`\${title} answers \${answers}\`]: status(answers) })
      })
    },
    { typicalSeconds: TYPICAL },
  )`

const PLAIN = `/** REQUEST. */
interface Visit {
  name: string
METHOD  answers: number
  path: string
}

/** JOURNEY */
const visit = (title: string, { name, GIVENanswers, path }: Visit) =>
  journey(
    title,
    () => {
      step(title, () => {
        const answer = api.SEND(path, OPTIONS)
        ensure(answer, { [\`\${title} answers \${answers}\`]: status(answers) })
      })
    },
    { typicalSeconds: TYPICAL },
  )`

interface VisitSource {
  pooled: boolean
  methods: boolean
  seconds: number
  of: typeof OF_LOG
}

const visitText = ({ pooled, methods, seconds, of }: VisitSource): string =>
  (pooled ? POOLED : PLAIN)
    .replace('REQUEST', of.request)
    .replace('JOURNEY', of.journey)
    .replace('OPTIONS', of.options)
    .replace('METHOD', methods ? '  method?: string\n' : '')
    .replace('GIVEN', methods ? "method = 'GET', " : '')
    .replace('SEND(', methods ? 'request(method, ' : 'get(')
    .replace('TYPICAL', String(seconds))
