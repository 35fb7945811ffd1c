import { defined, refuse } from '../base/index.ts'
import { loadOf, rowsNeeded, type Plan, type Project } from '../project/index.ts'
import { keptSizing, shortOf, thisMachine } from '../distributed/index.ts'

/**
 * What a plan's load may have too little of, on this machine and in its pools. Throws UserError where a pool certainly has
 * too few rows. Of a script, whose load is not known yet, nothing is told.
 */
export async function loadWarnings(
  { folder }: Project,
  plan: Plan,
  { instances, more }: { instances: number; more: readonly string[] },
): Promise<string[]> {
  const rows = rowWarnings(plan, { instances, more })
  return [...rows, ...(await machineWarnings({ folder }, plan, { instances, machines: 1, more }))]
}

/** What this machine has too little of for its equal part of a plan's load. */
export async function machineWarnings(
  { folder }: Pick<Project, 'folder'>,
  { script, manifest, suite }: Plan,
  { instances, machines, more }: { instances: number; machines: number; more: readonly string[] },
): Promise<string[]> {
  const { scenarios = manifest.options.scenarios, segment } = loadOf(more, {
    ...defined({ script }),
    manifest,
  })
  if (segment) return []
  const sizing = await keptSizing(folder, suite.manifest.suite)
  const options = { ...manifest.options, scenarios }
  const { iteration } = manifest
  return shortOf({ options, iteration, instances, machines, sizing }, thisMachine())
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
