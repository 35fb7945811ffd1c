import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startShop } from '../../../shop/index.ts'
import { folder, k6, root } from '../../../test/engine/harness.ts'
import { TIMEOUT } from '../../project/index.ts'
import { bakeMonitor } from './bake.ts'
import { sha256 } from './monitorCheck.ts'

/** What a private agent may hand on: each of it would end or bend a bundle that reads it. */
const LEAKED = {
  BASE_URL: 'http://127.0.0.1:1',
  ENVIRONMENT: 'nowhere',
  PROFILE: 'nonsense',
  VUS: 'many',
  DURATION: 'long',
  TIME_BUDGET: '1ms',
  REQUEST_TIMEOUT: '1ms',
}

test('the bytes that are applied pass on k6 as a single pass, whatever environment an agent hands on', async () => {
  const shop = await startShop({ port: 0 })
  try {
    const project = { folder: root, config: { suites: ['examples/01-smoke.ts'] } }
    const outdir = folder()
    const { path, manifest } = await bakeMonitor(
      project,
      { suite: 'boutique', target: shop.url, timeout: TIMEOUT },
      outdir,
    )
    copyFileSync(path, join(outdir, '123456789.js'))
    for (const env of [{}, LEAKED]) {
      const args = ['run', '--quiet', '--no-thresholds', '--vus', '1', '--iterations', '1', '123456789.js']
      const { code, out, err } = await k6(args, { cwd: outdir, env })
      expect(code, out + err).toBe(0)
    }
    expect(sha256(readFileSync(join(outdir, '123456789.js'), 'utf8'))).toBe(manifest.sha256)
  } finally {
    await shop.close()
  }
})
