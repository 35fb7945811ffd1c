import { refuseUnfit } from '../convertTraffic.ts'
import { readHar } from '../har/readHar.ts'
import type { Made } from '../made.ts'
import { madeOfPlan, reservedFor } from '../madeOfPlan.ts'
import type { Note } from '../recording.ts'
import { readThresholds } from '../studio/options.ts'
import type { Raw } from '../studio/raw.ts'
import type { Exchange } from '../traffic/exchange.ts'
import { addressOf } from '../traffic/filter.ts'
import { leftNotes } from '../traffic/leftNotes.ts'
import { lookAtPlan } from '../traffic/look.ts'
import { planOf, type Rules } from '../traffic/plan.ts'
import { applyRules } from './apply.ts'
import { constantsOf, type Constants } from './constants.ts'
import { recordingOf } from './files.ts'
import { generatorIn, type Generator } from './generator.ts'
import { loadOf, optionNotes, thinkTimeOf } from './load.ts'
import { poolsOf, type Pools } from './pools.ts'
import { rulesOf } from './rules.ts'

/** Makes a suite of a generator of k6 Studio and its recording. Throws UserError where either cannot be read. */
export async function convertGenerator(
  raw: Raw,
  path: string,
  file: string,
  name: string,
  include: readonly string[],
  progress: (bytes: number) => void,
): Promise<Made> {
  const generator = generatorIn(raw, file)
  const recording = recordingOf(path, generator, file)
  const traffic = await readHar(recording, generator.recording.replace(/^.*[/\\]/s, ''), progress)
  const left: Note[] = []
  const look: Note[] = []
  const rules = rulesOf(generator.rules, left)
  const makePools = await poolsOf(path, generator)
  const stock: { constants?: Constants; pools?: Pools } = {}
  const applied: Rules = {
    judge: judgeFor(generator),
    apply(drafts, names) {
      const own = { constants: constantsOf(generator.variables, names), pools: makePools(names) }
      Object.assign(stock, own)
      const ruled = applyRules(drafts, rules, own, names, left)
      return { ...ruled, secrets: own.constants.secrets }
    },
  }
  const wanted = traffic.exchanges.filter((exchange) => isListed(exchange, generator.hosts))
  const others = traffic.exchanges.filter((exchange) => !isListed(exchange, generator.hosts))
  if (others.length > 0)
    left.push({ text: `${others.length} × hosts that the generator does not allow (${hostsOf(others)})` })
  const plan = planOf({ ...traffic, exchanges: wanted }, include, reservedFor(name), applied)
  refuseUnfit(plan, file)
  const think = thinkTimeOf(generator.options, left)
  const load = loadOf(generator.options, look)
  const thresholds = readThresholds(generator.options, left)
  const { constants, pools } = stock
  const groups =
    think === undefined ? plan.groups : plan.groups.map((group) => ({ ...group, think: think.steps }))
  const lines = constants?.lines() ?? []
  const opens = pools?.opens() ?? []
  const ends = think !== undefined && think.end[1] > 0 ? [`think(${[...new Set(think.end)].join(', ')})`] : []
  return madeOfPlan(
    { ...plan, groups },
    {
      kind: 'a generator of k6 Studio',
      file,
      name,
      imports: pools?.imports(name) ?? [],
      constants: lines.length === 0 ? [] : [lines.join('\n')],
      opens,
      ends,
      used: [...(opens.length > 0 ? ['nextRow'] : []), ...(ends.length > 0 ? ['think'] : [])],
      files: pools?.files(name) ?? [],
      vus: load.vus,
      executor: load.executor,
      thresholds,
      left: [...traffic.left, ...leftNotes(plan), ...left, ...optionNotes(generator.options)],
      look: [...traffic.look, ...lookAtPlan(plan), ...look, ...(pools?.notes() ?? [])],
    },
  )
}

/** Whether a generator allows the host of a request; one that names no host allows all. */
function isListed({ url }: Exchange, hosts: ReadonlySet<string>): boolean {
  const address = addressOf(url)
  return hosts.size === 0 || address === undefined || hosts.has(address.host) || hosts.has(address.hostname)
}

/** What a generator allows is kept, also of other sites; static files where it says so. */
const judgeFor =
  ({ hosts, includeStatic }: Generator): Rules['judge'] =>
  (exchange, why) => {
    if (why === undefined) return undefined
    if (exchange.kind === 'static') return includeStatic ? undefined : 'static files'
    const page = exchange.kind === 'document' || exchange.kind === 'data' || exchange.kind === 'other'
    return hosts.size > 0 && page && (why === 'other hosts' || why === 'trackers') ? undefined : why
  }

const MAX_HOSTS = 5
const hostsOf = (exchanges: readonly Exchange[]): string => {
  const hosts = [...new Set(exchanges.map(({ url }) => addressOf(url)?.host ?? ''))]
  const more = hosts.length > MAX_HOSTS ? `, and ${hosts.length - MAX_HOSTS} more` : ''
  return hosts.slice(0, MAX_HOSTS).join(', ') + more
}
