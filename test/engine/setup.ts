import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findEngine, progressTo } from '../../cli/k6/index.ts'
import { packageRoot } from '../../cli/base/package.ts'

/** Finds, fetches or builds k6 once, and tells the tests by K6_BIN; makes a folder for what their files share. */
export async function setup(): Promise<() => void> {
  const engine = await findEngine({ env: process.env, packageRoot, ...progressTo(process.stderr) })
  process.env.K6_BIN = engine.path
  // npm links the package for `npx loadwright` at the first call: not by many at once.
  execFileSync('npx', ['loadwright', '--version'], { cwd: packageRoot, stdio: 'ignore' })
  const shared = mkdtempSync(join(tmpdir(), 'loadwright-engine-tests-'))
  process.env.LOADWRIGHT_TEST_FOLDER = shared
  return () => rmSync(shared, { recursive: true, force: true })
}
