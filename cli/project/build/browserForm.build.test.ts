import { join } from 'node:path'
import { expect, test } from 'vitest'
import { evaluate } from '../../../testing/evaluate.ts'
import { packageRoot } from '../../base/index.ts'
import { bundle } from './bundle.ts'

const LITERAL = 'export const options={scenarios:{default:{executor:"shared-iterations",options:{browser:{'
const entry = join(packageRoot, 'examples/16-browser.ts')

interface Options {
  scenarios: Record<string, object>
  thresholds?: object
}

test.each([false, true])(
  'a suite in a browser has options that are written out, and its own in a named run (readable: %s)',
  async (readable) => {
    const { code } = await bundle(entry, {}, packageRoot, readable)
    expect(code.startsWith(LITERAL)).toBe(true)
    const alone = (await evaluate(code, { env: {}, inert: true })).exports.options as Options
    expect(Object.keys(alone)).toEqual(['scenarios'])
    const named = await evaluate(code, { env: { RUN_ID: 'x', PROFILE: 'load' }, inert: true })
    const { scenarios, thresholds } = named.exports.options as Options
    expect(scenarios).toMatchObject({
      visitors: { executor: 'ramping-vus', options: { browser: { type: 'chromium' } } },
    })
    expect(Object.keys(thresholds ?? {})).toContain('browser_web_vital_lcp{name:home,phase:steady}')
  },
)
