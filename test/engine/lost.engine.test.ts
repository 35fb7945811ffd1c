import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../cli/record/runRecord.ts'
import { cli, engineOf, folder, gone, projectOf, root, start, startCli, type Running } from './harness.ts'

const cwd = projectOf('quick.ts')

/** k6's progress once load has been sent for a second or more. */
const LOADED = /^running \([0-9m]*[1-9]\.\ds\)/m

/** Twenty moments, from before k6 starts to seconds into the load, and who is killed; fixed, so that a failure can be seen again. */
const MOMENTS = Array.from({ length: 20 }, (_, index) => ({
  since: index % 2 === 0 ? ('the start' as const) : ('load' as const),
  after: 100 + ((index * 617) % 4_500),
  whom: (['k6', 'loadwright', 'both'] as const)[index % 3] ?? 'both',
}))

describe.concurrent('kill -9', () => {
  test.each(MOMENTS)('of $whom, $after ms after $since, leaves a record that is invalid', async (moment) => {
    const { since, after, whom } = moment
    const results = folder()
    const running = startCli(['run', '--duration', '60s', '--results', results], { cwd })
    if (since === 'load') await running.said(LOADED)
    await new Promise((resolve) => setTimeout(resolve, after))
    const k6 = engineOf(running.pid)
    if (whom === 'k6' && k6 !== undefined) process.kill(k6, 'SIGKILL')
    else running.signal('SIGKILL', whom === 'both' ? 'group' : 'process')
    const alone = whom === 'k6' && k6 !== undefined
    if (alone) await running.ended
    await running.ended
    // A k6 that has lost its command goes too, and its figures, which are those of more than was recorded.
    if (k6 !== undefined) await gone(k6)

    const [id] = readdirSync(results)
    if (id === undefined || !existsSync(join(results, id, 'run.json'))) {
      expect(since).toBe('the start')
      return
    }
    const listed = await cli(['runs', '--json', '--results', results], { cwd })
    expect(JSON.parse(listed.out)).toMatchObject({ runs: [{ id, verdict: 'invalid' }] })
    const shown = await cli(['report', '--format', 'json', '--results', results], { cwd })
    expect({ code: shown.code, err: shown.err }).toEqual({ code: 0, err: '' })
    const record = JSON.parse(shown.out) as RunRecord
    expect(record).toMatchObject({ verdict: 'invalid', state: alone ? 'ended' : 'running' })
    if (!alone) expect(existsSync(join(results, id, 'k6-summary.json'))).toBe(false)
    // The first series are written two seconds after they begin; a killed k6 alone loses what it had not pushed.
    if (since === 'load' && after > 3_000) expect(record.totals.requests).toBeGreaterThan(0)
  })
})

describe('a disk that is full', () => {
  /** A run on a small disk of its own, which nobody else sees. */
  const onSmallDisk = (size: string, results: string, duration: string): Running => {
    mkdirSync(results)
    const script =
      'mount -t tmpfs -o size="$1" tmpfs "$2" && cd "$3" && exec "$4" "$5" run --duration "$6" --results "$2"'
    const words = [size, results, cwd, process.execPath, join(root, 'dist/cli.mjs'), duration]
    // Whoever is not root is root in a namespace of users of its own.
    const own = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']
    return start('unshare', [...own, '--mount', 'bash', '-c', script, '-', ...words])
  }
  const recordAt = (place: string): RunRecord =>
    JSON.parse(readFileSync(join(place, 'run.json'), 'utf8')) as RunRecord

  test('before the run starts is said, and the record lies elsewhere', async () => {
    const { code, out, err } = await onSmallDisk('64k', join(folder(), 'small'), '3s').ended
    const said = /only \d+ KiB of space left: this run's record is written to (\S+) instead/.exec(err)
    expect({ code, said: said !== null }).toEqual({ code: 0, said: true })
    expect(out).toMatch(/^PASS/m)
    const elsewhere = said?.[1] ?? ''
    const [id = ''] = readdirSync(elsewhere)
    expect(recordAt(join(elsewhere, id))).toMatchObject({ verdict: 'pass', state: 'ended' })
    rmSync(elsewhere, { recursive: true })
  })

  test('during the run is said; what was recorded is kept elsewhere, and nothing is called a pass', async () => {
    const results = join(folder(), 'small')
    const running = onSmallDisk('20m', results, '4s')
    await running.said(LOADED)
    const fill = (): void =>
      writeFileSync(`/proc/${running.pid}/root${results}/fill`, Buffer.alloc(40_000_000))
    expect(fill).toThrow('ENOSPC')
    const [, elsewhere = ''] = await running.said(/cannot write to .* continues in (\S+)/)
    const { code, out } = await running.ended
    expect(code).toBe(95)
    expect(out).toMatch(/^INCONCLUSIVE .*\n {2}k6’s end-of-test summary .* Is the disk full\?$/m)
    const record = recordAt(elsewhere)
    expect(record).toMatchObject({ verdict: 'inconclusive', state: 'ended' })
    expect(record.totals.requests).toBeGreaterThan(0)
    // The curves are whole too: what was written before came along.
    expect(record.problems).toEqual([])
    expect(readdirSync(elsewhere)).toEqual(
      expect.arrayContaining(['k6.log', 'report.html', 'series.ndjson.gz']),
    )
    rmSync(elsewhere, { recursive: true })
  })

  test('is no matter where the folder was removed: it is made again, and all of the record is in it', async () => {
    const results = folder()
    const running = startCli(['run', '--duration', '4s', '--results', results], { cwd })
    await running.said(LOADED)
    const [id = ''] = readdirSync(results)
    rmSync(results, { recursive: true })
    await running.said(/was removed while the run goes on: it is made again/)
    const { code, out } = await running.ended
    expect({ code, pass: /^PASS/m.test(out) }).toEqual({ code: 0, pass: true })
    expect(recordAt(join(results, id))).toMatchObject({ verdict: 'pass', problems: [] })
    expect(readdirSync(join(results, id)).toSorted()).toEqual([
      ...['junit.xml', 'k6-summary.json', 'k6.log', 'report.html', 'report.md', 'run.json'],
      'series.ndjson.gz',
    ])
  })
})
