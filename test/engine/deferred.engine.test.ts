import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bundle, folder, k6, shop } from './harness.ts'

/** The VUs of a smoke test that evaluated what the bundle puts off. */
async function evaluators(target: string): Promise<Set<string | undefined>> {
  const code = readFileSync(await bundle(), 'utf8')
  const telling = code.replace(
    /(=\(\)=>([\w$]+)\?\?\(\2=\(\(\)=>\{)/,
    '$1console.log(`evaluated by ${__VU};`);',
  )
  expect(telling).not.toBe(code)
  const script = join(folder(), 'telling.js')
  writeFileSync(script, telling)
  const { out, err } = await k6(['run', '-e', `BASE_URL=${target}`, '-e', 'DURATION=3s', script])
  return new Set(Array.from((out + err).matchAll(/evaluated by (\d+);/g), ([, vu]) => vu))
}

test.concurrent('a VU whose iterations go well does not evaluate what is put off', async () => {
  expect(await evaluators(await shop())).toEqual(new Set(['0']))
})

test.concurrent('a VU that has a failure to report does', async () => {
  expect((await evaluators(await shop('errors=/cart:1'))).size).toBeGreaterThan(1)
})
