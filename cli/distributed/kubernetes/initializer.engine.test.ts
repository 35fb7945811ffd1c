import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { expect, test } from 'vitest'
import { packageRoot } from '../../base/index.ts'
import { folder, k6 } from '../../../test/engine/harness.ts'

// As the operator's initializer asks; the log of its pod must be JSON and nothing else.
test.each(globSync('dist/*.js', { cwd: packageRoot, ignore: 'dist/*.entry.js' }))(
  '%s says nothing when it is archived and inspected',
  async (file) => {
    const archive = join(folder(), 'archived.tar')
    const told = ['PROFILE=load', 'ENVIRONMENT=dev', 'BASE_URL=http://shop.default.svc'].flatMap((pair) => [
      '-e',
      pair,
    ])
    const args = ['--tag', 'testid=a', '--no-thresholds', '--summary-export', '/dev/stdout']
    const made = await k6(['archive', join(packageRoot, file), ...told, '-O', archive, ...args])
    expect(made).toMatchObject({ code: 0, out: '', err: '' })
    const asked = await k6(['inspect', '--execution-requirements', archive])
    expect(asked).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(asked.out)).toHaveProperty('maxVUs')
  },
)
