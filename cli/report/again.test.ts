import { expect, test } from 'vitest'
import { again } from './again.ts'

test('whom it told is not repeated: the URL of a webhook is a secret', () => {
  const given = [
    'x.js',
    '--notify',
    'https://hooks.slack.com/s3cr3t',
    '--notify=https://b.example/s3cr3t',
    '--open',
  ]
  expect(again(given)).toBe('npx loadwright run x.js --open')
})

test('what may be a secret of k6’s own flags is not repeated', () => {
  expect(again(['x.js', '--', '--secret-source=mock=pw=hunter2', '-e', 'LOGIN=me'])).toBe(
    `npx loadwright run x.js -- '--secret-source=***' -e 'LOGIN=***'`,
  )
})
