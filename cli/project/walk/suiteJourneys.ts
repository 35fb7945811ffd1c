import { basename } from 'node:path'
import type { Plugin } from 'esbuild'
import type { Variables } from '../../../config/settings/settings.ts'
import { UserError } from '../../base/index.ts'
import type { IterationWalk } from '../../record/index.ts'
import { bundleText } from '../build/bundleText.ts'
import { evaluateFor } from '../build/evaluated.ts'
import { errorReason } from '../build/reason.ts'
import { journeysOnly } from '../presets/journeysOnly.ts'
import { walkJourney, type AskedRequest } from './walkJourney.ts'

/** An export, and the module that has it, as the suite's file names that. */
export interface Exported {
  variable: string
  from: string
}

/** A journey of a suite that another suite can import, or a weighted choice of several. */
export interface ImportableJourney extends Exported {
  /** The journey's name; that of its export where it is a choice. */
  name: string
  /** What one iteration asks for, on average. */
  requests: readonly AskedRequest[]
  known: IterationWalk['known']
}

/** What another suite can import of a suite. */
export interface SuiteJourneys {
  journeys: ImportableJourney[]
  /** Names of journeys that no module beside the suite's own file exports. */
  hidden: string[]
  /** The tables of metrics that the suite declares, as far as they are exported. */
  metrics: Exported[]
  /** Whether something of it drives a browser. */
  browser: boolean
  /** Whether its journeys may want data of a setup. */
  setup: boolean
}

interface Runnable {
  journey?: string
  journeys: readonly Runnable[]
}

interface Definition {
  scenarios: Readonly<Record<string, { exec: Runnable }>>
  metrics?: readonly object[]
  setup?: unknown
}

/** Modules that have no journeys: k6, what is loaded from an address, the library's doors, pools. */
const OTHERS = /^(?:k6(?:\/|$)|https?:|loadwright(?:\/(?!journeys\/)|$))|\.pool\.\w+$|\.json$/

/**
 * The journeys of a suite that modules beside its own file export, each walked alone: importing the suite's file would make
 * its load, too. Throws UserError where the file cannot be bundled, or its top level throws.
 */
export async function suiteJourneys(file: string, env: Variables): Promise<SuiteJourneys> {
  const only = journeysOnly((importer) => importer === file)
  const own = JSON.stringify(`./${basename(file)}`)
  try {
    const froms = new Set<string>()
    await bundleText(`import ${own}`, file, [gathered(file, froms), only])
    const modules = [...froms].filter((from) => !OTHERS.test(from))
    const { code, browser } = await bundleText(entryOf(own, modules), file, [only])
    const evaluated = await evaluateFor(code, basename(file), env)
    const { modules: all, default: made } = evaluated.exports as {
      modules: Record<string, unknown>[]
      default: { definition: Definition }
    }
    const { scenarios, metrics = [], setup } = made.definition
    const known = new Map<unknown, Exported>()
    for (const [index, exports] of all.entries())
      for (const [variable, value] of Object.entries(exports))
        if (variable !== 'default' && !known.has(value))
          known.set(value, { variable, from: modules[index] ?? '' })
    const { chosen, hidden } = chosenOf(scenarios, known)
    const journeys: ImportableJourney[] = []
    for (const [runnable, place] of chosen) {
      const walked = await walkJourney(evaluated, env, {
        module: modules.indexOf(place.from),
        variable: place.variable,
        journeys: runnable.journeys.length,
      })
      journeys.push({ name: runnable.journey ?? place.variable, ...place, ...walked })
    }
    return {
      journeys,
      hidden: [...hidden],
      metrics: metrics.flatMap((table) => known.get(table) ?? []),
      browser,
      setup: setup !== undefined,
    }
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(errorReason(error))
  }
}

/** An entry that has the suite, the modules beside it, and a function that runs one of their exports. */
const entryOf = (own: string, modules: readonly string[]): string =>
  [
    ...modules.map((from, index) => `import * as module${index} from ${JSON.stringify(from)}`),
    `import suite from ${own}`,
    `export const modules = [${modules.map((_, index) => `module${index}`).join(', ')}]`,
    'export const walked = (data) => modules[__ENV.MODULE][__ENV.EXPORT](data)',
    'export default suite',
  ].join('\n')

/** Writes down what a file imports, by the words of the file. */
const gathered = (file: string, froms: Set<string>): Plugin => ({
  name: 'gathered imports',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path, importer }) => {
      if (importer === file) froms.add(path)
      return undefined
    })
  },
})

/** What the scenarios run, by journey where each is exported, else by the choice that has them. */
function chosenOf(scenarios: Definition['scenarios'], known: ReadonlyMap<unknown, Exported>) {
  const chosen = new Map<Runnable, Exported>()
  const hidden = new Set<string>()
  for (const { exec } of Object.values(scenarios)) {
    const whole = known.get(exec)
    const parts = exec.journeys.map((journey) => ({ journey, place: known.get(journey) }))
    if (whole !== undefined && parts.some(({ place }) => place === undefined)) {
      chosen.set(exec, whole)
      continue
    }
    for (const { journey, place } of parts)
      if (place) chosen.set(journey, place)
      else hidden.add(journey.journey ?? '')
  }
  return { chosen, hidden }
}
