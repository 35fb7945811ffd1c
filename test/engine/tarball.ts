import { existsSync, readdirSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { locked } from '../../cli/base/locked.ts'
import { folder, root, start, TEST_SECONDS } from './harness.ts'

/** Runs a command that must succeed; gives what it printed. */
export async function must(
  command: string,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { code, out, err } = await start('bash', ['-c', command], { cwd, env }).ended
  if (code !== 0) throw new Error(`${command}: ${out}${err}`)
  return out
}

/** The package as it is published: packed once for all files of a run of the tests. Gives the tarball's path. */
export async function tarball(): Promise<string> {
  const place = process.env.LOADWRIGHT_TEST_FOLDER ?? folder()
  const packed = join(place, 'loadwright.tgz')
  await mkdir(place, { recursive: true })
  await locked(
    packed,
    async () => {
      if (existsSync(packed)) return
      const draft = folder()
      await must(`npm pack --silent --pack-destination ${draft}`, root)
      await rename(join(draft, readdirSync(draft)[0] ?? ''), packed)
    },
    TEST_SECONDS * 1000,
  )
  return packed
}
