import { defined, refuse } from '../base/index.ts'
import { loadOf, rowsNeeded, type Plan, type Project } from '../project/index.ts'
import { keptSizing, shortOf, thisMachine } from '../sizing/index.ts'

/**
 * What a plan's load may have too little of, on this machine and in its pools. Throws UserError where a pool certainly has
 * too few rows. Of a script, whose load is not known yet, nothing is told.
 */
export async function loadWarnings(
  { folder }: Project,
  plan: Plan,
  { instances, more }: { instances: number; more: readonly string[] },
): Promise<string[]> {
  const { script, manifest, suite } = plan
  const rows = rowWarnings(plan, { instances, more })
  const { scenarios = manifest.options.scenarios, segment } = loadOf(more, {
    ...defined({ script }),
    manifest,
  })
  if (segment) return rows
  const sizing = await keptSizing(folder, suite.manifest.suite)
  const options = { ...manifest.options, scenarios }
  return [...rows, ...shortOf({ options, iteration: manifest.iteration, instances, sizing }, thisMachine())]
}

/** What a plan's pools may have too few rows for. Throws UserError where one certainly has too few. */
export function rowWarnings(
  plan: Plan,
  { instances, more }: { instances: number; more: readonly string[] },
): string[] {
  const { problems, warnings } = rowsNeeded(plan, { count: instances, more })
  refuse(problems)
  return warnings
}
