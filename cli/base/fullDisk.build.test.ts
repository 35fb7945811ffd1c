import { buildSync } from 'esbuild'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { packageRoot } from './package.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadwright-full-'))
afterAll(() => rmSync(folder, { recursive: true }))

const WRITER = `
import { atomicWrite } from './cli/base/atomicWrite.ts'
import { locked } from './cli/base/locked.ts'
const [, , file] = process.argv
for (const work of [() => atomicWrite(file, 'new'), () => locked(file, () => undefined)])
  await work().catch(({ code, path }) => process.stdout.write(code + ' ' + path + '\\n'))
`

test.skipIf(process.platform === 'win32')(
  'where nothing can be written, as on a full disk, the error names the file, and neither a draft nor a lock is left',
  () => {
    const [script, file] = [join(folder, 'writer.mjs'), join(folder, 'kept')]
    writeFileSync(file, 'old')
    const stdin = { contents: WRITER, resolveDir: packageRoot }
    buildSync({ stdin, bundle: true, platform: 'node', format: 'esm', outfile: script })
    // A limit of no bytes at all; stdout is a pipe, for which it is none.
    const shell = `trap '' XFSZ; ulimit -f 0; exec "$0" "$@"`
    const { stdout } = spawnSync('bash', ['-c', shell, process.execPath, script, file], { encoding: 'utf8' })
    expect(stdout).toBe(`EFBIG ${file}\nEFBIG ${file}.lock\n`)
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect(readdirSync(folder).toSorted()).toEqual(['kept', 'writer.mjs'])
  },
)
