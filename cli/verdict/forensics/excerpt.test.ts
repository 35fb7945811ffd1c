import { expect, test } from 'vitest'
import { readExcerpt, tellingPart } from './excerpt.ts'

test('a person reads text: no tags, no entities, one line', () => {
  expect(
    readExcerpt('<p>Caf&eacute; &amp; Bar &#8211; &#x201c;zu&#x201d;</p>\n <b>bad</b> &bogus; &#0; &#xd800;'),
  ).toBe('Café & Bar – “zu” bad &bogus; &#0; &#xd800;')
  expect(readExcerpt('a < b && c > d')).toBe('a < b && c > d')
  expect(readExcerpt('<style>p { color: red }</style><h1>Uh, oh!</h1><script>let a')).toBe('Uh, oh!')
})

test('what was hidden in entities is no secret told', () => {
  expect(readExcerpt('{&quot;password&quot;: &quot;hunter2&quot;}')).not.toContain('hunter2')
  expect(readExcerpt('Authorization: Bearer&#32;abcdef.123')).not.toContain('abcdef.123')
})

test('the sentence that tells what went wrong', () => {
  expect(
    tellingPart(
      'Online Boutique Uh, oh! Something has failed. Below are some details. HTTP Status: 500 rpc error: code = Unavailable desc = no cart',
    ),
  ).toBe('HTTP Status: 500 rpc error: code = Unavailable desc = no cart')
  expect(tellingPart('Welcome. The cart service could not be reached. Try later.')).toBe(
    'The cart service could not be reached.',
  )
  expect(tellingPart('{"code":17,"message":"item not found"}')).toBe('{"code":17,"message":"item not found"}')
  expect(tellingPart('all is well')).toBe('all is well')
  expect(tellingPart(`${'menu '.repeat(50)}access denied for you`)).toMatch(/^….*access denied for you$/)
})
