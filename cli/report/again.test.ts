import { expect, test } from 'vitest'
import { again } from './again.ts'

test('what may be a secret of k6’s own flags is not repeated', () => {
  expect(again(['x.js', '--', '--secret-source=mock=pw=hunter2', '-e', 'LOGIN=me'])).toBe(
    `npx loadwright run x.js -- '--secret-source=***' -e 'LOGIN=***'`,
  )
})
