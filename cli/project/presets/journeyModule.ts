import type { MetricKind } from '../../../config/thresholds/metricKinds.ts'
import { TABLE } from '../../../lib/catalog.ts'
import { evaluate } from '../../../testing/evaluate.ts'
import { UserError } from '../../base/index.ts'
import { bundleText } from '../build/bundleText.ts'
import { errorReason } from '../build/reason.ts'
import { journeysOnly } from './journeysOnly.ts'

/** What a module of journeys exports that a preset can use. */
export interface JourneyModule {
  /** The names of its exports that hold journeys, by the name of each journey. */
  journeys: Readonly<Record<string, string>>
  /** The names of its exports that declare metrics. */
  tables: readonly string[]
  /** The kinds of all metrics that it declares. */
  metrics: Readonly<Record<string, MetricKind>>
  /** Whether it has journeys in a browser. */
  browser: boolean
  /** Whether it exports a suite with a setup, whose data its journeys may want. */
  setup: boolean
}

interface Exported {
  journey?: string
  definition?: { setup?: unknown }
  [TABLE]?: object
}

/**
 * Evaluates a module as k6 would, and says which journeys it exports. Throws UserError where it cannot be bundled, or its top
 * level throws.
 */
export async function journeyModule(module: string, file: string): Promise<JourneyModule> {
  try {
    const { code, browser } = await bundleText(
      `import * as all from ${JSON.stringify(module)}\nexport { all }`,
      file,
      [journeysOnly((importer) => importer === module)],
    )
    const { exports, seen } = await evaluate(code, {
      env: { RUN_ID: 'evaluated' },
      checksHold: true,
      inert: true,
      seed: 1,
    })
    const metrics = Object.fromEntries(seen.metrics.map(({ name, type }) => [name, type]))
    return { ...foundIn(exports.all as Record<string, unknown>), metrics, browser }
  } catch (error) {
    throw new UserError(errorReason(error))
  }
}

function foundIn(all: Record<string, unknown>): Omit<JourneyModule, 'browser' | 'metrics'> {
  const journeys: Record<string, string> = {}
  const tables: string[] = []
  let setup = false
  for (const [name, value] of Object.entries(all)) {
    const { journey, definition, [TABLE]: declared } = Object(value) as Exported
    if (typeof journey === 'string' && name !== 'default') journeys[journey] = name
    if (definition?.setup !== undefined) setup = true
    if (declared !== undefined) tables.push(name)
  }
  return { journeys, tables, setup }
}
