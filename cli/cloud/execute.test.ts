import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { watchK6, type Watch } from './execute.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loadwright-cloud-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A program in k6's place. */
async function program(name: string, text: string): Promise<{ path: string }> {
  const path = join(folder, name)
  await writeFile(path, `#!/bin/sh\n${text}`)
  await chmod(path, 0o755)
  return { path }
}

async function watch(name: string, text: string, how: Partial<Watch> = {}) {
  const lines: string[] = []
  const take = (line: string): void => void lines.push(line)
  const engine = await program(name, text)
  const screen = { out: take, err: take }
  const given = { timeout: 20_000, grace: 20_000, token: 's3cret', screen, ...how }
  return { ended: await watchK6(engine, ['cloud'], { PATH: process.env.PATH }, given), lines }
}

/** Lets time pass, but not before the program has said its first line: it is what it is to be by then. */
async function whileItRuns(text: string, how: { timeout: number; grace?: number }) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const lines: string[] = []
  const screen = { out: (line: string): void => void lines.push(line), err: () => undefined }
  const given = { grace: 20_000, token: '', ...how, screen }
  const ended = watchK6(await program('runs', text), ['cloud'], { PATH: process.env.PATH }, given)
  await expect.poll(() => lines.length).toBeGreaterThan(0)
  vi.advanceTimersByTime(how.timeout)
  if (how.grace !== undefined) vi.advanceTimersByTime(how.grace)
  return ended
}

const BANNER = `
echo '        output: https://example.grafana.net/a/k6-app/runs/7'
echo 'Run    [   0% ] Waiting...'
`
const EVENT = String.raw`time="x" level=warning msg="{\"loadwright\":\"failure\"}" source=console`

test('what k6 prints is passed on, but for the token and the library’s events; link, status and errors are kept', async () => {
  const log = join(folder, 'log')
  const { ended, lines } = await watch(
    'whole',
    `${BANNER}
echo 'time="x" level=error msg="Test progress error" error="(500/error) \\"no\\" s3cret"' >&2
cat >&2 <<'END'
${EVENT}
END
echo 's3cret s3cret'
echo '     test status: Finished'
exit 99`,
    { log },
  )
  expect(ended).toEqual({
    code: 99,
    interrupted: false,
    timedOut: false,
    killed: false,
    status: 'Finished',
    link: 'https://example.grafana.net/a/k6-app/runs/7',
    errors: ['Test progress error: (500/error) "no" ***'],
  })
  expect(lines).toContain('*** ***')
  expect(lines.join('\n')).not.toMatch(/s3cret|loadwright/)
  expect(await readFile(log, 'utf8')).toContain(EVENT)
  expect(await readFile(log, 'utf8')).not.toContain('s3cret')
})

test('the link of a run that is executed here is kept too', async () => {
  const { ended } = await watch('local', `echo '        output: cloud (https://example.grafana.net/runs/8)'`)
  expect(ended).toMatchObject({ code: 0, link: 'https://example.grafana.net/runs/8' })
})

test('once its time is up it is told to end, and its end is waited for', async () => {
  const ended = await whileItRuns(
    `trap 'echo "     test status: Aborted (by user)"; exit 97' INT
${BANNER}
while :; do sleep 0.1; done`,
    { timeout: 300_000 },
  )
  expect(ended).toMatchObject({ code: 97, timedOut: true, killed: false, status: 'Aborted (by user)' })
})

test('what does not end when it is told to is ended by force', async () => {
  const ended = await whileItRuns(`trap '' INT\n${BANNER}\nwhile :; do sleep 0.1; done`, {
    timeout: 300_000,
    grace: 60_000,
  })
  expect(ended).toMatchObject({ code: undefined, timedOut: true, killed: true })
})

test('a program that is not there is a failure', async () => {
  const screen = { out: () => undefined, err: () => undefined }
  const given = { timeout: 1000, grace: 1000, token: '', screen }
  const ended = await watchK6({ path: join(folder, 'nothing') }, [], {}, given)
  expect(ended).toMatchObject({ code: undefined, failure: expect.stringContaining('ENOENT') as string })
})
