import { afterEach, expect, test } from 'vitest'
import { startFakeGrafana } from '../../../test/doubles/grafana.ts'
import type { Grafana } from './grafana.ts'
import { readyGrafana } from './ready.ts'

type Fake = Awaited<ReturnType<typeof startFakeGrafana>>
const open: Fake[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((fake) => fake.close()))
})
async function fakeOf(how: Parameters<typeof startFakeGrafana>[0] = {}): Promise<Fake> {
  const fake = await startFakeGrafana(how)
  open.push(fake)
  return fake
}
async function said(grafana: Grafana): Promise<{ ready: boolean; line: string }> {
  const lines: string[] = []
  const ready = await readyGrafana(grafana, {
    say: (line) => lines.push(line),
    patience: { timeoutMs: 60_000, tries: 2, firstMs: 1, budgetMs: 60_000 },
  })
  expect(lines).toHaveLength(1)
  return { ready, line: lines[0]!.replaceAll(grafana.url, '<g>') }
}

test('one that takes markers is named', async () => {
  const { url, token, writes } = await fakeOf({ path: '/grafana' })
  expect(await said({ url, token })).toEqual({
    ready: true,
    line: 'Grafana: <g> (Grafana 12.1.0) takes markers of the run',
  })
  expect(writes()).toEqual([])
})

test('without a token, a wrong one, one that may not', async () => {
  const fake = await fakeOf()
  expect((await said({ url: fake.url })).line).toMatch(
    /^Grafana: <g> wants a token \(401: Invalid API key\); set GRAFANA_TOKEN/,
  )
  expect((await said({ url: fake.url, token: 'wrong' })).line).toMatch(
    /^Grafana: <g> does not accept the token \(401/,
  )
  const viewer = await fakeOf({ role: 'Viewer' })
  const refused = await said(viewer)
  expect(refused.ready).toBe(false)
  expect(refused.line).toMatch(
    /^Grafana: the token may not write annotations in <g>; give its service account the role Editor/,
  )
  const none = await fakeOf({ role: 'None' })
  expect((await said(none)).line).toMatch(/^Grafana: the token may not read annotations in <g> \(403/)
})

test('what is down, elsewhere, ill, or no Grafana: one sentence, and how to write the markers later', async () => {
  const fake = await fakeOf()
  const down = await said({ url: 'http://127.0.0.1:2' })
  expect(down).toEqual({
    ready: false,
    line: 'Grafana: <g> does not answer (ECONNREFUSED); the run goes on without markers: write them later with: loadwright annotate',
  })
  fake.fault('GET /api/health', { body: '<html>hello</html>' })
  expect((await said(fake)).line).toMatch(/<g> answers 200 at \/api\/health \(answers with what is no JSON\)/)
  fake.fault('GET /api/health', { body: { status: 'UP' } })
  expect((await said(fake)).line).toMatch(/is no Grafana/)
  fake.fault('GET /api/health', { status: 503, body: { database: 'failing' } }, 2)
  expect((await said(fake)).line).toMatch(/<g> answers 503 at \/api\/health/)
  expect((await said({ ...fake, url: `${fake.url}/nowhere` })).line).toMatch(
    /^Grafana: there is no Grafana at <g> \(404/,
  )
  fake.fault('GET /api/health', { status: 302, headers: { location: 'https://login.example.com' } })
  expect((await said(fake)).line).toMatch(
    /<g> answers 302 at \/api\/health \(leads elsewhere \(https:\/\/login/,
  )
})
