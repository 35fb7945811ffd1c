import { expect, test } from 'vitest'
import { message } from '../../../config/problem/problem.ts'
import { SECRET } from '../../import/write/suite.ts'
import { missingSecrets } from './missingSecrets.ts'

test('every secret of an imported suite that has no value is told before the run, with what to write', () => {
  const text = `${SECRET}\nstep('a', () => api.post('/a', { form: { a: secret('PASSWORD'), b: secret("TOKEN") } }))\nsecret('PASSWORD')
secret('UNUSED')`
  const code = 'a("PASSWORD"),a("TOKEN")'
  const map = JSON.stringify({
    sources: ['suites/shop.ts', 'a.ts'],
    sourcesContent: [text, "secret('OTHER')"],
  })
  expect(message(missingSecrets({ code, map }, { TOKEN: 'x' }))).toContain(
    "1 problem:\n  - suites/shop.ts: secret('PASSWORD'): got nothing; allowed: a value in the environment. Export PASSWORD, or give -e PASSWORD=VALUE.",
  )
  expect(missingSecrets({ code, map }, { TOKEN: 'x', PASSWORD: 'y' })).toEqual([])
})
