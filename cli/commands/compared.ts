import { UserError } from '../base/index.ts'
import { compareWith, measured, unlikeText, usualBase, type Places, type Run } from '../verdict/index.ts'

/**
 * How a run compares with the comparable ones before it, in a line, or why what it would be compared with cannot be read;
 * or is of other conditions; undefined where there is nothing, and where the run says nothing of the target.
 */
export async function comparedLine(run: Run, places: Places): Promise<string | undefined> {
  if (run.record.verdict === 'invalid') return undefined
  let base
  try {
    base = await usualBase(run.record, places)
  } catch (error) {
    if (error instanceof UserError) return `Not compared: ${error.message}`
    throw error
  }
  if (base.runs.length === 0) return base.unlikeBase && `Not compared: ${unlikeText(base.unlikeBase)}`
  try {
    const comparison = compareWith(base, await measured(run))
    return comparison && `Compared ${comparison.text} (loadwright compare)`
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}
