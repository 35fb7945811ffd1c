import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { diskFolder } from '../runs/diskFolder.ts'
import { gatedAs } from './gated.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadwright-gated-'))
afterAll(() => rmSync(folder, { recursive: true }))

const decision = (verdict: string, reasons: string[], cases: object[] = []): string =>
  JSON.stringify({ verdict, reasons: reasons.map((code) => ({ code })), cases })

test.each([
  ['failed', decision('fail', ['regression'], [{ code: 'tolerated' }])],
  ['failed', '{'],
  ['inconclusive', decision('inconclusive', ['borderline'])],
  ['inconclusive', decision('inconclusive', ['insufficient-baseline', 'comparison-unclear'])],
  ['waived', decision('inconclusive', ['borderline'], [{ outcome: 'waived' }])],
  ['tolerated', decision('pass', ['gate-held'], [{ outcome: 'held', code: 'tolerated' }])],
  // It is the baseline that says nothing, and it would never say more.
  [undefined, decision('inconclusive', ['insufficient-baseline'])],
  [undefined, decision('inconclusive', ['conditions-differ'])],
  [undefined, decision('pass', ['gate-held'], [{ outcome: 'held', code: 'within-limits' }])],
])('a run is kept out of a baseline as %s by %s', async (gated, text) => {
  writeFileSync(join(folder, 'gate.json'), text)
  expect(await gatedAs(diskFolder(folder))).toBe(gated)
})
