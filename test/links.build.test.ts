import { lstatSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../cli/base/package.ts'

test('the package is found in its own node_modules, and no link there leads back to them', () => {
  const own = join(packageRoot, 'node_modules/loadwright')
  expect(lstatSync(own).isDirectory()).toBe(true)
  expect(realpathSync(join(own, 'lib'))).toBe(join(packageRoot, 'lib'))
  expect(realpathSync(join(own, 'package.json'))).toBe(join(packageRoot, 'package.json'))
})
