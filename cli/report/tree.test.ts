import fc from 'fast-check'
import { expect, test } from 'vitest'
import { h, linkElement, toHtml } from './tree.ts'

const anyText = fc
  .array(fc.oneof(fc.nat(255), fc.nat(0xffff)), { maxLength: 40 })
  .map((codes) => String.fromCharCode(...codes))

test('elements, attributes, gaps', () => {
  const tree = h('p', { class: 'a', id: undefined, tabindex: 0 }, 'x', false, undefined, [
    h('b', {}, 'y'),
    h('br'),
  ])
  expect(toHtml(tree)).toBe('<p class="a" tabindex="0">x<b>y</b><br></p>')
})

test('whatever a text is, it adds no tag, no attribute, no control character', () => {
  fc.assert(
    fc.property(anyText, anyText, (text, value) => {
      const html = toHtml(h('p', { title: value }, text))
      expect(html).toMatch(/^<p title="[^"<>]*">[^<>]*<\/p>$/)
      // eslint-disable-next-line no-control-regex -- these are what must not be there
      expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
    }),
  )
})

test('a text is bounded, and keeps its lines', () => {
  expect(toHtml(h('p', {}, 'x'.repeat(2 ** 20))).length).toBeLessThan(2100)
  expect(toHtml('a\n\tb')).toBe('a\n\tb')
})

test('only addresses of the web are links', () => {
  expect(toHtml(linkElement('https://ci.example/1', 'CI'))).toBe(
    '<a href="https://ci.example/1" rel="noreferrer noopener">CI</a>',
  )
  for (const href of ['javascript:alert(1)', 'data:text/html,x', '/x', 'file:///etc', 'https://x y'])
    expect(linkElement(href, 'CI')).toBe('CI')
})
