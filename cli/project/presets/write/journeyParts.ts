import { importLine } from '../../source/importLine.ts'
import { keyText } from '../../source/text.ts'
import type { JourneyModule } from '../journeyModule.ts'
import type { Preset } from '../preset.ts'
import { loadText, PATTERN, patternLines } from './loadText.ts'
import type { SuiteParts } from './parts.ts'

/** The parts of a suite of journeys that a module exports: a scenario each, which share the load. */
export function journeyParts(
  { journeys = [], load }: Preset,
  module: JourneyModule,
  from: string,
): SuiteParts {
  const exported = journeys.map(({ name, weight }) => ({
    name,
    weight,
    variable: module.journeys[name] ?? name,
  }))
  const names = new Map<string, string>()
  for (const { variable } of [...exported, ...module.tables.map((table) => ({ variable: table }))])
    names.set(variable, OURS.has(variable) ? `${variable} as ${variable}Journey` : variable)
  const local = (variable: string): string => (OURS.has(variable) ? `${variable}Journey` : variable)
  const [only] = exported
  const size = loadText(load)
  const shares = exported.map(
    ({ name, variable, weight }) => `${keyText(scenarioOf(name))}: [${local(variable)}, ${weight}]`,
  )
  return {
    imports: [
      importLine(['suite'], module.browser ? 'loadwright/browser' : 'loadwright'),
      importLine(exported.length > 1 ? ['mix', 'workload'] : ['workload'], 'loadwright/scenarios'),
      importLine([...names.values()], from),
    ],
    body: patternLines(load),
    scenarios:
      exported.length > 1
        ? `mix(workload(), ${size}, { ${shares.join(', ')} })`
        : `{ ${keyText(scenarioOf(only?.name ?? ''))}: workload()(${local(only?.variable ?? '')}, ${size}) }`,
    ...(module.tables.length > 0 ? { metrics: module.tables.map(local) } : {}),
  }
}

/** What the source has by these names already. */
const OURS = new Set([
  ...['suite', 'mix', 'workload', 'options', 'setup', 'teardown', 'handleSummary'],
  PATTERN,
])

/** A scenario's name: k6 gives `default` to what runs without one. */
const scenarioOf = (journey: string): string => {
  const name = journey.replace(/[^\w-]+/g, '-').slice(0, 100)
  return name === 'default' ? 'default-journey' : name
}
