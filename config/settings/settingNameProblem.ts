import { nearest } from '../problem/nearest.ts'
import { quote, type Problem } from '../problem/problem.ts'
import { SETTINGS } from './settings.ts'

/** The problem with a name that is no setting, with "did you mean"; undefined for a setting. */
export const settingNameProblem = (name: string, where: string): Problem | undefined => {
  if (Object.hasOwn(SETTINGS, name)) return undefined
  const near = nearest(name, Object.keys(SETTINGS))
  return {
    where,
    got: quote(name),
    allowed: Object.keys(SETTINGS).join(', '),
    ...(near === undefined ? {} : { fix: `Did you mean ${near}?` }),
  }
}
