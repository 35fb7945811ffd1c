import { expect, test } from 'vitest'
import { typed } from '../../test/doubles/typed.ts'
import { shippedPresets } from '../project/index.ts'
import { addCheck } from './check.ts'

test('loadwright check finds nothing in the presets of the package, but that the embedded shop is on this machine', async () => {
  for (const { file, name } of await shippedPresets()) {
    const { text, code } = await typed([addCheck], 'check', file)
    const found = text.match(/^ {2}\S (?!reachability +127).*/gm)
    expect([name, code, found]).toEqual([name, 0, null])
    expect(text).toMatch(/^0 errors, [01] warnings? in 1 script$/m)
  }
})
