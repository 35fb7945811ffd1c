import pc from 'picocolors'
import { kib, plural, printable } from '../base/index.ts'
import type { Finding } from './check.ts'
import type { Severity } from './rule.ts'
import type { Checked } from './targets.ts'

const MARK: Readonly<Record<Severity, string>> = { error: pc.red('✗'), warning: pc.yellow('!') }

/** What a check says, for programs: every finding with its target, and what is known of each target. */
export function checkJson(checked: readonly Checked[]): object {
  return {
    ok: !fails(checked),
    findings: checked.flatMap(({ target, findings }) => findings.map((finding) => ({ target, ...finding }))),
    targets: checked.map(({ target, kind, bytes, published }) => ({
      target,
      kind,
      bytes,
      ...(published && { published }),
    })),
  }
}

/** Whether any finding is an error. */
export const fails = (checked: readonly Checked[]): boolean =>
  checked.some(({ findings }) => findings.some(({ severity }) => severity === 'error'))

/** What a check says, for a person: findings by script, what all have in common once, and a line that counts them. */
export function checkText(checked: readonly Checked[]): string {
  const all = checked.flatMap(({ findings }) => findings)
  const errors = all.filter(({ severity }) => severity === 'error').length
  const counted = [plural(errors, 'error'), plural(all.length - errors, 'warning')].join(', ')
  const paint = errors > 0 ? pc.red : pc.green
  const common = commonOf(checked)
  return [
    ...checked.flatMap((one) => [
      heading(one),
      ...linesOf(one.findings.filter((each) => !common.has(key(each)))),
      '',
    ]),
    ...(common.size > 0
      ? [pc.bold(`all ${checked.length} scripts`), ...linesOf([...common.values()]), '']
      : []),
    paint(`${counted} in ${plural(checked.length, 'script')}`),
  ].join('\n')
}

const key = (finding: Finding): string => JSON.stringify(finding)

/** The findings that each of several scripts has. */
function commonOf([first, ...others]: readonly Checked[]): Map<string, Finding> {
  if (!first || others.length === 0) return new Map()
  const theirs = others.map(({ findings }) => new Set(findings.map(key)))
  const shared = first.findings.filter((finding) => theirs.every((keys) => keys.has(key(finding))))
  return new Map(shared.map((finding) => [key(finding), finding]))
}

function heading({ target, kind, bytes, published }: Checked): string {
  const series = published ? `, about ${published.series} series in ${kib(published.bytes, 0)}` : ''
  return `${pc.bold(printable(target))}  ${pc.dim(`${kind}, ${kib(bytes)}${series}`)}`
}

const linesOf = (findings: readonly Finding[]): string[] =>
  findings.flatMap(({ rule, severity, where, got, why, fix }) => [
    `  ${MARK[severity]} ${pc.bold(rule)}  ${where}  ${got}`,
    `      ${why}`,
    `      ${pc.dim('→')} ${fix}`,
  ])
