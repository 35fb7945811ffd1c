import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { metricsPage, settingsPage, settingsTable } from './pages.ts'

// `npm run docs` writes these files: it runs this test with --update.
test.each([
  ['settings.md', settingsPage],
  ['metrics.md', metricsPage],
])('docs/%s is what the tables say', async (file, page) => {
  await expect(page()).toMatchFileSnapshot(`../../docs/${file}`)
})

test('the README shows the table of settings', async () => {
  const readme = readFileSync('README.md', 'utf8')
  const wanted = readme.replace(/\| setting \|.*?\n\n/s, () => `${settingsTable()}\n\n`)
  await expect(wanted).toMatchFileSnapshot('../../README.md')
})
