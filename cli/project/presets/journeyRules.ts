import { unknownWord } from '../../../config/problem/nearest.ts'
import type { Draft, Tell } from './draft.ts'
import type { JourneyModule } from './journeyModule.ts'

/** What is wrong with the journeys of a preset: those that its suite does not export, and what a browser wants. */
export function journeyRules(
  { journeys = [], limits = {}, load = {} }: Draft,
  module: JourneyModule,
  tell: Tell,
): void {
  const known = Object.keys(module.journeys)
  if (known.length === 0)
    tell('suite', 'a module that exports no journey', "export const browse = journey('browse', …)")
  if (module.setup)
    tell(
      'suite',
      'a suite with setup',
      'journeys that need no data of setup',
      'Put them into a module of their own.',
    )
  const named = journeys.map((one) => (typeof one === 'object' ? Object.keys(one)[0] : one))
  for (const [index, name] of named.entries()) {
    if (name === undefined || known.length === 0) continue
    const path = `journeys[${index}]`
    const { got, allowed, fix } = unknownWord(path, name, known)
    if (!known.includes(name)) tell(path, got, `exported journeys: ${allowed}`, fix)
    else if (named.indexOf(name) !== index) tell(path, `${got} again`, 'each journey once')
  }
  const { browserVUs } = limits
  if (browserVUs === undefined) return
  if (!module.browser) tell('limits.browserVUs', String(browserVUs), 'browserVUs with journeys in a browser')
  else if ((load.vus ?? 0) > browserVUs)
    tell('load.vus', String(load.vus), `at most ${browserVUs}, as limits.browserVUs says`)
}
