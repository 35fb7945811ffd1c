import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { engineModule, pinnedVersion } from './pin.ts'
import { meetsFloor } from './version.ts'

const packageRoot = join(import.meta.dirname, '..', '..')

test('the pin is what engine/go.mod requires, and go.sum knows it', async () => {
  const version = await pinnedVersion(packageRoot)
  expect(meetsFloor(version)).toBe(true)
  const sums = readFileSync(join(engineModule(packageRoot), 'go.sum'), 'utf8')
  expect(sums).toContain(`go.k6.io/k6/v2 ${version} h1:`)
})
