import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The folder of the Go module that builds k6. */
export function engineModule(packageRoot: string): string {
  return join(packageRoot, 'cli', 'k6', 'engine')
}

/** The k6 that is downloaded or built, "v2.2.0": the version that engine/go.mod requires, and written nowhere else. */
export async function pinnedVersion(packageRoot: string): Promise<string> {
  const file = join(engineModule(packageRoot), 'go.mod')
  const version = /^(?:require)?\s*go\.k6\.io\/k6\/v2 (v\S+)/m.exec(await readFile(file, 'utf8'))?.[1]
  if (version === undefined) throw new Error(`${file} requires no go.k6.io/k6/v2`)
  return version
}
