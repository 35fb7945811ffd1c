import { quote, type Problem } from '../../config/problem/problem.ts'
import { parseHttpUrl } from '../../config/url.ts'
import { refuse } from '../base/index.ts'
import type { SideName } from '../verdict/index.ts'

/** What the flags say of both targets. */
export interface SideFlags {
  base?: string
  candidate?: string
  baseCommand?: string
  candidateCommand?: string
  baseRef?: string
  candidateRef?: string
  start?: string
  build?: string
  baseFault?: string[]
  candidateFault?: string[]
}

/** What a side's target is, as the flags say it. */
export type SideSpec =
  | { readonly kind: 'shop'; readonly faults: readonly string[] }
  | { readonly kind: 'url'; readonly url: string; readonly faults: readonly string[] }
  | {
      readonly kind: 'command'
      /** Where it answers; `{port}` in both is a free port. */
      readonly url: string
      readonly command: string
      /** The commit whose files it is started on; undefined for those of the working folder. */
      readonly ref?: string
      readonly faults: readonly string[]
    }

/** A port that is not known yet, in a command or a URL. */
const PORT = '{port}'
const LOCAL = `http://127.0.0.1:${PORT}`

/** A text with its port. */
export const withPort = (text: string, port: number): string => text.replaceAll(PORT, String(port))

/** Both sides. Throws UserError with every problem of the flags. */
export function sidesOf(flags: SideFlags): Record<SideName, SideSpec> {
  const problems: Problem[] = []
  const sides = { base: sideOf('base', flags, problems), candidate: sideOf('candidate', flags, problems) }
  const isRef = flags.baseRef !== undefined || flags.candidateRef !== undefined
  if (isRef && flags.start === undefined)
    problems.push({
      where: '--start',
      got: 'nothing',
      allowed: 'the command that starts the target of a commit',
      fix: `Write --start 'npm start -- --port ${PORT}', or use the variable PORT.`,
    })
  for (const name of ['start', 'build'] as const)
    if (!isRef && flags[name] !== undefined)
      problems.push({
        where: `--${name}`,
        got: quote(flags[name]),
        allowed: 'only with --base-ref or --candidate-ref',
        fix: 'Name a ref, or give --base-command and --candidate-command.',
      })
  const [base, candidate] = [sides.base.kind, sides.candidate.kind]
  if (problems.length === 0 && (base === 'shop') !== (candidate === 'shop')) {
    const missing = base === 'shop' ? 'base' : 'candidate'
    problems.push({
      where: `--${missing}`,
      got: 'nothing',
      allowed: 'a target for both sides, or for neither: then both are the embedded shop',
      fix: `Give --${missing} URL, --${missing}-command or --${missing}-ref.`,
    })
  }
  refuse(problems)
  return sides
}

function sideOf(side: SideName, flags: SideFlags, problems: Problem[]): SideSpec {
  const [url, command, ref] = [flags[side], flags[`${side}Command`], flags[`${side}Ref`]]
  const faults = flags[`${side}Fault`] ?? []
  if (command !== undefined && ref !== undefined)
    problems.push({
      where: `--${side}-command`,
      got: 'a ref beside it',
      allowed: `either --${side}-command or --${side}-ref with --start`,
      fix: 'Leave one of them out.',
    })
  const started = url ?? LOCAL
  const isAddress = parseHttpUrl(withPort(started, 1)) !== undefined
  if (!isAddress || (url?.includes(PORT) && command === undefined && ref === undefined && side === 'base'))
    problems.push({
      where: `--${side}`,
      got: quote(started),
      allowed: `a URL such as https://shop.staging.example.com; ${PORT} only where a command starts the target`,
    })
  if (command !== undefined) return { kind: 'command', url: started, command, faults }
  if (ref !== undefined) return { kind: 'command', url: started, command: flags.start ?? '', ref, faults }
  // Against a commit, the working folder is what has changed.
  if (side === 'candidate' && flags.baseRef !== undefined && (url === undefined || url.includes(PORT)))
    return { kind: 'command', url: started, command: flags.start ?? '', faults }
  return url === undefined ? { kind: 'shop', faults } : { kind: 'url', url, faults }
}
