import { expect, test } from 'vitest'
import { memoryFolder } from '../../test/doubles/memoryFolder.ts'
import { fakeReport } from '../../test/doubles/reportData.ts'
import { htmlReport } from './html.ts'
import { picturesOf } from './pictures.ts'

const PNG = Buffer.from('89504e470d0a1a0a00000000', 'hex')
const { record } = fakeReport()
const [first] = record.failures
const failing = (...pictures: string[]) => ({
  ...record,
  failures: first
    ? [{ ...first, page: { url: 'http://shop/<b>', pictures, console: ['<script>alert(1)</script>'] } }]
    : [],
})

test('pictures are those that failures name, PNG files inside the folder alone', async () => {
  const folder = memoryFolder({
    'pictures/a.png': PNG,
    'pictures/b.png': PNG,
    'pictures/no.png': '<svg onload="alert(1)"/>',
    'pictures/large.png': Buffer.concat([PNG, Buffer.alloc(3 * 1024 ** 2)]),
    'pictures/../run.json': PNG,
  })
  const named = failing('a.png', 'no.png', 'large.png', 'gone.png', '../run.json')
  expect(await picturesOf(named, folder)).toEqual({ 'a.png': PNG.toString('base64') })
})

test('the report holds the picture itself, and text of the page as text', async () => {
  const pictures = { 'a.png': Buffer.concat([PNG, Buffer.alloc(9000)]).toString('base64') }
  const html = await htmlReport({ ...fakeReport(), record: failing('a.png', 'gone.png'), pictures })
  expect(html).toContain(`src="data:image/png;base64,${pictures['a.png']}"`)
  expect(html).toContain('picture: pictures/gone.png')
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  const injected = { 'a.png': '"><script>alert(1)</script>' }
  expect(await htmlReport({ ...fakeReport(), record: failing('a.png'), pictures: injected })).not.toContain(
    '"><script>alert(1)',
  )
})
