import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folder, listen, root, start } from './harness.ts'

const readme = readFileSync(join(root, 'README.md'), 'utf8')
const blocks = [...readme.matchAll(/```sh\n(.*?)```/gs)].map(([, text]) => (text ?? '').trim())

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

test('the README has shell blocks', () => {
  expect(blocks.length).toBeGreaterThan(3)
})

test.each(blocks.filter((block) => commandsOf(block).length > 0))('as the README says: %s', async (block) => {
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
})
