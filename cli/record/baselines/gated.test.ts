import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { diskFolder } from '../runs/diskFolder.ts'
import { gatedAs } from './gated.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadwright-gated-'))
afterAll(() => rmSync(folder, { recursive: true }))

const decision = (verdict: string, reasons: string[], ...notes: string[]): string =>
  JSON.stringify({
    verdict,
    reasons: reasons.map((code) => ({ code })),
    notes: notes.map((code) => ({ code })),
  })

test.each([
  ['failed', decision('fail', ['regression'], 'tolerated')],
  ['failed', '{'],
  ['inconclusive', decision('inconclusive', ['borderline'])],
  ['inconclusive', decision('inconclusive', ['insufficient-baseline', 'comparison-unclear'])],
  ['waived', decision('inconclusive', ['borderline'], 'waived')],
  ['tolerated', decision('pass', ['gate-held'], 'tolerated')],
  // It is the baseline that says nothing, and it would never say more.
  [undefined, decision('inconclusive', ['insufficient-baseline'])],
  [undefined, decision('inconclusive', ['conditions-differ'])],
  [undefined, decision('pass', ['gate-held'], 'not-confirmed')],
])('a run is kept out of a baseline as %s by %s', async (gated, text) => {
  writeFileSync(join(folder, 'gate.json'), text)
  expect(await gatedAs(diskFolder(folder))).toBe(gated)
})
