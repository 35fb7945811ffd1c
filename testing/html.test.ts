import { parseHTML } from 'k6/html'
import http from 'k6/http'
import { expect, test } from 'vitest'
import { rehearse } from './rehearse.ts'

const PAGE = `<html><body><form action="/send"><input name="csrf" value="t0k&amp;n">
<select name="size"><option value="s">S</option><option value="m" selected>M</option></select></form>
<ul><li class="a">one</li><li>two</li></ul></body></html>`

test('a page is read as k6 reads it', async () => {
  const { returned } = await rehearse(
    () => {
      const page = http.get('http://a/').html()
      const items = page.find('li')
      return [
        page.find('input[name=csrf]').attr('value'),
        page.find('select').val(),
        [items.size(), items.first().text(), items.eq(1).text(), items.last().is('.a')],
        items.map((index, one) => `${index} ${one.text()}`),
        items.filter((_, one) => one.text() === 'two').size(),
        page.find('form').serialize(),
        [page.find('b').attr('x'), page.find('b').size(), page.find('ul').children('.a').html()],
        http.get('http://a/').html('li').toArray().length,
        parseHTML('<p>hi <b>you</b></p>').find('p').text(),
      ]
    },
    { respond: () => ({ body: PAGE, headers: { 'Content-Type': 'text/html' } }) },
  )
  expect(returned[0]).toEqual([
    't0k&n',
    'm',
    [2, 'one', 'two', false],
    ['0 one', '1 two'],
    1,
    'csrf=t0k%26n&size=m',
    [undefined, 0, 'one'],
    2,
    'hi you',
  ])
})
