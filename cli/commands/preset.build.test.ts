import { expect, test } from 'vitest'
import { typed } from '../../test/doubles/typed.ts'
import { shippedPresets } from '../project/index.ts'
import { addCheck } from './check.ts'

test('loadwright check finds nothing in the presets of the package', async () => {
  for (const { file } of await shippedPresets()) {
    const { text, code } = await typed([addCheck], 'check', file)
    expect([text.trim().split('\n').at(-1), code]).toEqual(['0 errors, 0 warnings in 1 script', 0])
  }
})
