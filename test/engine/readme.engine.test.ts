import { mkdirSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { blocksOf, written } from '../pages.ts'
import { folder, listen, quickNpx, read, reasonsButBusy, root, start, type Ended } from './harness.ts'

/** A command of a block with the exit code that its comment promises. */
interface Command {
  command: string
  code: number
}

// CONTRIBUTING tells of the commands that run these tests.
const blocks = written
  .filter((page) => page === 'README.md' || page.startsWith('docs/'))
  .flatMap((page) =>
    blocksOf(page)
      .filter(({ language }) => language === 'sh')
      .map(({ code }) => ({ page, block: code.trim(), commands: commandsOf(code.trim()) })),
  )
  .filter(({ commands }) => commands.length > 0)

/** The commands of a block; installing is this machine's own affair. */
function commandsOf(block: string): Command[] {
  return block
    .split('\n')
    .map((line) => ({
      command: line.replace(/\s+#.*$/, '').replace('npm install && ', ''),
      code: Number(/#.*exit (\d+)(?!.* if )/.exec(line)?.[1] ?? 0),
    }))
    .filter(({ command }) => command !== 'npm test')
}

const bin = folder()
symlinkSync(process.env.K6_BIN ?? '', join(bin, 'k6'))
mkdirSync(join(bin, 'results'))
quickNpx(bin)
const env = { PATH: `${bin}:${process.env.PATH ?? ''}`, DURATION: '3s' }

const known = new Map<string, Promise<Ended>>()

/** Runs a command to its end; one that several pages show, once. */
function ended(command: string, more: Readonly<Record<string, string>>): Promise<Ended> {
  const key = JSON.stringify([command, more])
  const run = known.get(key) ?? start('bash', ['-c', command], { env: { ...env, ...more } }).ended
  known.set(key, run)
  return run
}

/** Starts a target that a block starts in the background, on a free port; gives its URL once it answers. */
async function startTarget(command: string): Promise<string> {
  const server = createServer()
  const { origin, port } = new URL(await listen(server))
  server.close()
  start('bash', ['-c', command.replace('8080', port).replace(/&$/, '')], { env })
  const answers = (): Promise<boolean> =>
    fetch(`${origin}/_healthz`).then(
      ({ ok }) => ok,
      () => false,
    )
  await expect.poll(answers, { timeout: 60_000 }).toBe(true)
  return origin
}

/** Whether a busy machine is all that kept a run from passing, though its page says that it passes. */
function wasOnlyBusy(said: string): boolean {
  const place = /^Results +(\S+)\/run\.json$/m.exec(said)?.[1]
  if (place !== undefined) return reasonsButBusy(read(resolve(root, place)).record).length === 0
  const crossed = /thresholds on metrics '(.+)' have been crossed/.exec(said)?.[1]
  const metrics = crossed?.replace(/\{.*?\}/g, '').split(', ')
  return metrics?.every((metric) => metric.endsWith('_duration')) ?? false
}

/** Runs the commands of a block one after the other, as whoever copies it does. */
async function follow(commands: readonly Command[]): Promise<void> {
  const more: Record<string, string> = {}
  for (const { command, code } of commands)
    if (command.endsWith('&')) more.BASE_URL = await startTarget(command)
    else {
      const { code: seen, out, err } = await ended(command, more)
      const said = `${out}${err}`
      const got = code === 0 && (seen === 96 || seen === 99) && wasOnlyBusy(said) ? 0 : seen
      expect(got, `${command}: ${said}`).toBe(code)
    }
}

test('there are shell blocks, in the README and elsewhere', () => {
  expect(blocks.filter(({ page }) => page === 'README.md').length).toBeGreaterThan(3)
  expect(new Set(blocks.map(({ page }) => page)).size).toBeGreaterThan(3)
})

/** What shows the newest run wants one that has ended. */
const isOfLatest = ({ block }: { block: string }): boolean => block.includes(' show latest')

describe.concurrent('as each page says', () => {
  test.each(blocks.filter((one) => !isOfLatest(one)))('$page: $block', ({ commands }) => follow(commands))
})

test.each(blocks.filter(isOfLatest))('as $page says, of the runs so far: $block', ({ commands }) =>
  follow(commands),
)
