import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { UserError } from '../base/index.ts'
import { addCheck } from './check.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loadwright-check-command-'))
})
afterEach(async () => {
  vi.restoreAllMocks()
  process.exitCode = undefined
  await rm(folder, { recursive: true })
})

/** Runs the command on a script; gives what it printed and the exit code that it leaves. */
async function check(code: string, ...flags: string[]): Promise<{ out: string; exit: unknown }> {
  const file = join(folder, 'script.js')
  await writeFile(file, code)
  let out = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text)
    return true
  })
  const program = new Command('loadwright').exitOverride()
  addCheck(program)
  await program.parseAsync(['check', file, ...flags], { from: 'user' })
  return { out, exit: process.exitCode }
}
const GOOD = `import http from 'k6/http'
export default function () { if (http.get('https://shop.example/', { timeout: '3s' }).status !== 200) throw new Error('down') }`

test('0 and nothing to say for a good script', async () => {
  const { out, exit } = await check(GOOD, '--json')
  expect({ exit, ...(JSON.parse(out) as object) }).toMatchObject({ exit: 0, ok: true, findings: [] })
})

test('0 where there are warnings only', async () => {
  const { out, exit } = await check(GOOD, '--timeout', '2s')
  expect(exit).toBe(0)
  expect(out).toMatch(/request-timeout[^]*0 errors, 1 warning in 1 script\n$/)
})

test('1 where there is an error', async () => {
  const { out, exit } = await check('export const a = 1', '--json')
  expect({ exit, ...(JSON.parse(out) as object) }).toMatchObject({
    exit: 1,
    ok: false,
    findings: [{ rule: 'default-export', severity: 'error', why: expect.stringContaining('255') as string }],
  })
})

test.each(['soon', '0s', '181s'])('a timeout that no check can have is refused: %s', async (timeout) => {
  await expect(check(GOOD, '--timeout', timeout)).rejects.toThrow(UserError)
  await expect(check(GOOD, '--timeout', timeout)).rejects.toThrow(
    `--timeout: got "${timeout}"; allowed: what a check may have`,
  )
})
