import { globSync } from 'tinyglobby'
import { expect, test } from 'vitest'
import { join } from 'node:path'
import { root, start } from '../engine/harness.ts'

test('actionlint finds nothing in the workflows', async () => {
  const files = globSync(['.github/workflows/*.yml', 'examples/ci/github/*.yml'], {
    cwd: root,
    dot: true,
    absolute: true,
  })
  const args = ['tool', 'actionlint', '-no-color', '-shellcheck=', '-pyflakes=', ...files]
  const { code, out, err } = await start('go', args, { cwd: join(root, 'test/ci/tools') }).ended
  expect(code, out + err).toBe(0)
})
