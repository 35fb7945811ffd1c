import { textsIn } from '../finding.ts'
import type { ReadingRule } from './rule.ts'

/** A link to a run that does not say when the run was shows the last hour, which is empty. */
export const timedLinks: ReadingRule = ({ dashboard, tell }) => {
  for (const { path, text } of textsIn(dashboard)) {
    const query = /^\/d\/loadwright-(?:run|compare)-\w+\?(.*)$/.exec(text)?.[1]
    if (query === undefined) continue
    if (!/(?:^|&)(?:from=.*&to=|time=)/.test(query)) tell(path, 'leads to a run without its time')
  }
}
