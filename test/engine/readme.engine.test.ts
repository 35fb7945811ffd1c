import { mkdirSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { blocksOf, written } from '../pages.ts'
import { folder, listen, start } from './harness.ts'

// CONTRIBUTING tells of the commands that run these tests.
const blocks = written
  .filter((page) => page === 'README.md' || page.startsWith('docs/'))
  .flatMap((page) =>
    blocksOf(page)
      .filter(({ language }) => language === 'sh')
      .map(({ code }) => ({ page, block: code.trim() })),
  )

/** The commands of a block with the exit code that its comment promises; installing is this machine's own affair. */
function commandsOf(block: string): { command: string; code: number }[] {
  return block
    .split('\n')
    .map((line) => ({
      command: line.replace(/\s+#.*$/, '').replace('npm install && ', ''),
      code: Number(/#.*exit (\d+)(?!.* if )/.exec(line)?.[1] ?? 0),
    }))
    .filter(({ command }) => command !== 'npm test')
}

test('there are shell blocks, in the README and elsewhere', () => {
  expect(blocks.filter(({ page }) => page === 'README.md').length).toBeGreaterThan(3)
  expect(new Set(blocks.map(({ page }) => page)).size).toBeGreaterThan(3)
})

test.each(blocks.filter(({ block }) => commandsOf(block).length > 0))(
  'as $page says: $block',
  async ({ block }) => {
    const bin = folder()
    symlinkSync(process.env.K6_BIN ?? '', join(bin, 'k6'))
    const target = createServer()
    const port = new URL(await listen(target)).port
    target.close()
    mkdirSync(join(bin, 'results'))
    const script = commandsOf(block)
      .map(({ command, code }) =>
        command.endsWith('&')
          ? `${command.replace('8080', port)} for i in $(seq 100); do curl -sf http://127.0.0.1:${port}/_healthz && break; sleep 0.1; done; export BASE_URL=http://127.0.0.1:${port}`
          : `(${command}); code=$?; [ $code = ${code} ] || { echo "exit $code, not ${code}: ${command}"; exit 1; }`,
      )
      .join('\n')
    const { code, out, err } = await start('bash', ['-c', `${script}\ntrap '' TERM; kill 0`], {
      env: { PATH: `${bin}:${process.env.PATH ?? ''}`, DURATION: '3s' },
      limit: 110,
    }).ended
    expect(code, out + err).toBe(0)
  },
)
