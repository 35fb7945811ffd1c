/** The oldest k6 that loadwright works with. */
export const floor = 'v2.1.0'

const collator = new Intl.Collator('en', { numeric: true })

const VERSION = String.raw`(v\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)(?![0-9A-Za-z.-])`
/** k6 says its file's name, which may be any, then its version, then the Go that it was built by. */
const SAYS = new RegExp(`^(?:k6(?:\\.exe)? ${VERSION}|.+ ${VERSION} \\((?:commit/[^ ,]+, )?go1\\.)`, 'm')

/** The version in the output of `k6 version` ("v2.2.0", "v2.2.0-dev"), undefined where k6 did not print it. */
export function parseVersion(output: string): string | undefined {
  const [, plain, renamed] = SAYS.exec(output) ?? []
  return plain ?? renamed
}

/** Negative where `a` is older than `b`, 0 where they are equal; "v2.2.0-dev" is older than "v2.2.0". */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)]
  for (const i of [0, 1, 2] as const) {
    if (left.numbers[i] !== right.numbers[i]) return (left.numbers[i] ?? 0) - (right.numbers[i] ?? 0)
  }
  if (left.pre === '' || right.pre === '') return Number(left.pre === '') - Number(right.pre === '')
  return collator.compare(left.pre, right.pre)
}

/** Whether a version is at least the floor. */
export function meetsFloor(version: string): boolean {
  return compareVersions(version, floor) >= 0
}

function parts(version: string): { numbers: number[]; pre: string } {
  const [, numbers = '', pre = ''] = /^v?([\d.]+)(?:-(.*))?$/.exec(version) ?? []
  return { numbers: numbers.split('.').map(Number), pre }
}
