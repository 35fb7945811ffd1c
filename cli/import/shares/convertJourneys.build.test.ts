import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { seededRandom } from '../../../testing/k6/random.ts'
import { packageRoot } from '../../base/index.ts'
import { buildNamed, evaluateFor } from '../../project/index.ts'
import type { SuiteOptions } from '../../record/index.ts'
import type { Imported } from '../imported.ts'
import { importRecording, type ImportOptions } from '../importRecording.ts'

// Below the package, so that `loadwright` resolves.
mkdirSync(join(packageRoot, 'node_modules/.cache'), { recursive: true })
const scratch = mkdtempSync(join(packageRoot, 'node_modules/.cache/loadwright-journeys-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const random = seededRandom(42)
const product = (): string =>
  `GET /product/${['OLJCESPC7Z', '66VCHSJNUP', '1YMWWN1N4O', 'L9ECAV7KIM'][Math.floor(random() * 4)] ?? ''} 200`
/** What the boutique's journeys ask for, and how often each was made in the log. */
const JOURNEYS: [share: number, requests: () => string[]][] = [
  [0.6, () => ['GET / 200', product(), product(), 'GET /cart 200']],
  [0.15, () => ['GET / 200', product(), 'POST /cart 302', 'GET /cart 200', 'POST /cart/checkout 200']],
  [0.25, () => ['GET / 200', 'POST /setCurrency 302', 'GET / 200', product()]],
]
/** Ten minutes of the boutique, with something that no journey asks for. */
function boutiqueLog(): string {
  const lines: string[] = []
  for (let visit = 0; visit < 1200; visit++) {
    const at = visit / 2
    let rest = random()
    const [, requests] = JOURNEYS.find(([share]) => (rest -= share) < 0) ?? JOURNEYS[0] ?? [0, () => []]
    for (const request of [...requests(), ...(visit % 10 === 0 ? ['GET /assistant 200'] : [])]) {
      const [method = '', path = '', status = ''] = request.split(' ')
      const time = `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(Math.floor(at % 60)).padStart(2, '0')}`
      lines.push(
        `203.0.113.7 - - [10/Oct/2026:13:${time} +0000] "${method} ${path} HTTP/1.1" ${status} 512 "-" "Mozilla/5.0"`,
      )
    }
  }
  return `${lines.join('\n')}\n`
}

const log = join(scratch, 'lunch.log')
writeFileSync(log, boutiqueLog())
const into = join(packageRoot, 'suites')
const imported = (name: string, given: ImportOptions = {}, file = log): Promise<Imported> =>
  importRecording(file, { suite: { name, into }, ...given })

test('the shares of the boutique’s journeys are found in a log, in a suite as a person would write it', async () => {
  const { text, name, files, report } = await imported('boutique')
  const beside = files.map((one) => `\n/* ${one.name}\n${one.text}*/\n`).join('')
  await expect(`${text}\n/*\n${report(`suites/${name}.ts`)}\n*/\n${beside}`).toMatchFileSnapshot(
    join(import.meta.dirname, '../fixtures/lunch.log.imported'),
  )
  const again = await imported('examples/01-smoke.ts')
  expect([again.text, again.files]).toEqual([text, files])
  for (const [journey, share] of [
    ['browse', 0.6],
    ['checkout', 0.15],
    ['currency', 0.25],
  ] as const) {
    const found = Number(new RegExp(`${journey}: \\[${journey}, ([\\d.]+)\\]`).exec(text)?.[1])
    expect(Math.abs(found - share)).toBeLessThan(0.03)
  }
  const file = join(scratch, `${name}.ts`)
  writeFileSync(file, text)
  for (const one of files) writeFileSync(join(scratch, one.name), one.text)
  const { manifest, code } = await buildNamed({ folder: scratch, config: {} }, file)
  expect(manifest.production?.mix[0]?.name).toBe('product')
  expect(manifest.own.map((metric) => metric.name)).toContain('boutique_orders')
  const { exports } = await evaluateFor(code, name, { PROFILE: 'replay', BASE_URL: 'http://127.0.0.1:1' })
  expect(Object.keys((exports.options as SuiteOptions).scenarios)).toEqual(['browse', 'currency', 'checkout'])
})

test('a weighted choice whose journeys are not exported is one, and what a suite’s own file has is told', async () => {
  const choice = await imported('visitors')
  expect(choice.text).toContain('{ websiteUser: [websiteUser, 1] }')
  await expect(imported('presents')).rejects.toThrow(
    'suite presents, whose journeys (present) are exported by no file that 02-custom-journey.ts imports',
  )
})

test('what cannot be fitted is refused in a sentence', async () => {
  await expect(imported('butique')).rejects.toThrow('Did you mean "boutique"?')
  await expect(imported('boutique', { name: 'boutique' })).rejects.toThrow(
    'the new suite would be named boutique, as the one whose journeys it runs: give another --name',
  )
  const other = join(scratch, 'other.log')
  writeFileSync(
    other,
    '203.0.113.7 - - [10/Oct/2026:13:55:36 +0000] "GET /other HTTP/1.1" 200 512 "-" "Mozilla"\n',
  )
  await expect(imported('boutique', {}, other)).rejects.toThrow(
    'other.log has no request of the journeys of suite boutique: they ask for home, product, cart, add-to-cart, checkout, set-currency; the log has /other',
  )
  await expect(
    imported('boutique', {}, join(import.meta.dirname, '../fixtures/shopping.har')),
  ).rejects.toThrow('shopping.har is no access log: --suite fits the journeys of a suite to an access log')
})
