import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importRecording } from '../../cli/import/index.ts'
import { debianProgram } from './debian.ts'
import { cli, listen, project, shop } from './harness.ts'
import { apis } from './recorded/apis.ts'
import { forms } from './recorded/forms.ts'
import { record, type Visited } from './recorded/record.ts'
import { boutique } from './recorded/boutique.ts'
import { PASSWORD, serve } from './recorded/site.ts'

const sites = [...forms, ...apis]

/** A suite of the journeys of others, each once. */
function together(cwd: string, names: readonly string[]): void {
  const journeys = names.map((name) => {
    const text = readFileSync(join(cwd, 'suites', `${name}.ts`), 'utf8')
    return { name, variable: /^export const (\w+) = journey\(/m.exec(text)?.[1] ?? '' }
  })
  const list = journeys.map(
    ({ variable }) => `${variable}: perVUIterations(${variable}, { vus: 1, iterations: 1 })`,
  )
  writeFileSync(
    join(cwd, 'suites/all.ts'),
    `import { suite } from 'loadwright'
import { perVUIterations } from 'loadwright/scenarios'
${journeys.map(({ name, variable }) => `import { ${variable} } from './${name}.ts'`).join('\n')}
const all = suite({ name: 'all', scenarios: { ${list.join(', ')} } })
export const { options, setup, teardown, handleSummary } = all
export default all
`,
  )
}

test('what a browser records is a journey that passes, unchanged, with new sessions', async () => {
  const { server, refused, bodies } = serve(sites)
  const [base, target] = await Promise.all([listen(server), shop()])
  const cwd = project({})
  const visits: Visited[] = [
    ...sites.map((site) => ({ name: site.name, visit: site.visit, base: `${base}/${site.name}` })),
    { name: 'boutique', visit: boutique, base: target },
  ]
  await record(debianProgram('chromium'), visits, cwd, bodies)
  refused.length = 0

  const names = visits.map(({ name }) => name)
  const said = new Map<string, string>()
  const byHand = await cli(['import', 'boutique.har'], { cwd })
  expect([byHand.code, byHand.err], byHand.out).toEqual([0, ''])
  for (const name of names) {
    const made = await importRecording(join(cwd, `${name}.har`))
    said.set(name, made.report(`suites/${name}.ts`))
    for (const file of [{ name: `${name}.ts`, text: made.text }, ...made.files])
      writeFileSync(join(cwd, 'suites', file.name), file.text)
    expect(made.text.split('\n').length, name).toBeLessThan(150)
    expect(made.text).not.toContain(PASSWORD)
  }
  expect(byHand.out).toBe(`${said.get('boutique') ?? ''}\n`)
  expect(said.get('socket')).toContain('of 3 messages that came on the socket /socket/ws, 3 are waited for')
  expect(said.get('socket')).toContain('was sent 3 times until status was "done"')
  expect(said.get('versions')).toContain(
    'documentId: the text at /documents\\/([\\w-]+)/ of the header Location',
  )

  together(
    cwd,
    names.filter((name) => name !== 'boutique'),
  )
  const dev = ['dev', '--once', '--time-budget', '120s', '-e', `PASSWORD=${PASSWORD}`]
  const passed = await cli([...dev, 'suites/all.ts', '--base-url', base], { cwd })
  expect(passed.out).toMatch(/^PASS {2}12 journeys/m)
  // What was recorded as missing is missing again.
  expect(refused).toEqual(['GET /versions/api/documents/none 404'])

  const bought = await cli(
    [
      ...dev,
      'suites/boutique.ts',
      '--base-url',
      target,
      '-e',
      'CREDIT_CARD_NUMBER=4432-8015-6152-0454',
      '-e',
      'CREDIT_CARD_CVV=672',
    ],
    { cwd },
  )
  expect(bought.out).toMatch(/✓ cart says|PASS {2}1 journey/)
  expect(bought.code, bought.out + bought.err).toBe(0)
})

test('a k6 script is a suite that passes, as it was rewritten', async () => {
  const target = await shop()
  const cwd = project({
    'plain.js': `import http from 'k6/http'
import { check, group, sleep } from 'k6'
const BASE = __ENV.TARGET || '${target}'
export const options = { vus: 2, duration: '10s', thresholds: { http_req_failed: ['rate<0.01'] } }
export function setup() {
  return { id: /product\\/([A-Z0-9]+)/.exec(http.get(BASE + '/').body)[1] }
}
export default function (data) {
  group('product', function () {
    const page = http.get(\`\${BASE}/product/\${data.id}\`)
    check(page, { up: (r) => r.status === 200, 'has a cart': (r) => r.body.includes('Cart') })
    sleep(0.1)
  })
  group('cart', () => {
    const form = { product_id: data.id, quantity: 1 }
    check(http.post(BASE + '/cart', form, { tags: { name: 'add' } }), { taken: (r) => r.status === 200 || r.status === 302 })
  })
}
`,
  })
  const made = await cli(['import', 'plain.js'], { cwd })
  expect([made.code, made.err], made.out).toEqual([0, ''])
  expect(made.out).toContain("+   step('product', function () {")
  const { code, out } = await cli(
    ['dev', '--once', 'suites/plain.ts', '--base-url', target, '--time-budget', '120s'],
    { cwd },
  )
  expect(out).toMatch(/✓ product [^]*✓ has a cart[^]*✓ cart [^]*✓ taken[^]*PASS {2}1 journey/)
  expect(code).toBe(0)
})
