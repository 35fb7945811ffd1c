import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import type { Project } from '../../project/index.ts'
import { sha256 } from './monitorCheck.ts'
import { checkError, type StoredCheck } from '../../../test/doubles/syntheticMonitoringRules.ts'
import { readyMonitors, type MonitorBundle } from './ready.ts'
import { FORMATS, render, writeRendering } from './render.ts'
import { LEAST, testProject } from '../../../test/doubles/monitoredProject.ts'

// Suites are built here, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let project: Project
let all: MonitorBundle[]
beforeAll(async () => {
  project = await testProject({
    shop: [
      {
        ...LEAST,
        labels: { team: 'a ${b} %{c} "d"' },
        channel: 'v2',
        folderUid: 'f1',
        basicMetricsOnly: false,
        alerts: [
          {
            name: 'ProbeFailedExecutionsTooHigh',
            threshold: 2,
            period: '15m',
            runbookUrl: 'https://w.example/1',
          },
        ],
      },
      { ...LEAST, job: 'Shop 2', target: 'https://shop.example.org', probes: ['my "office"'] },
      { ...LEAST, job: 'shop-2', target: 'https://shop.example.net' },
    ],
  })
  all = await readyMonitors(project)
})
afterAll(() => rm(project.folder, { recursive: true }))

const IDS = { Frankfurt: 1, London: 2, 'my "office"': 5 }
const json = (text: string | undefined): never => JSON.parse(text ?? '') as never

test('api: each file is a body that the API takes, in milliseconds and base64', () => {
  const { files, notes } = render('api', all, IDS)
  expect(Object.keys(files)).toEqual([
    'shop.check.json',
    'shop.alerts.json',
    'shop-no2.check.json',
    'shop-no2-no2.check.json',
  ])
  const check: StoredCheck = json(files['shop.check.json'])
  expect(checkError({ ...check, alerts: [] }, [{ id: 1 }, { id: 2 }])).toBeUndefined()
  const { settings, ...plain } = check
  expect(plain).toEqual({
    job: 'shop',
    target: 'https://shop.example.com',
    enabled: true,
    frequency: 300_000,
    timeout: 30_000,
    probes: [1, 2],
    labels: [{ name: 'team', value: 'a ${b} %{c} "d"' }],
    basicMetricsOnly: false,
    alertSensitivity: 'none',
    channels: { k6: { id: 'v2' } },
    folderUid: 'f1',
  })
  const { script } = settings.scripted as { script: string }
  expect(sha256(Buffer.from(script, 'base64').toString())).toBe(all[0]?.shape.sha256)
  expect(json(files['shop.alerts.json'])).toEqual({
    alerts: [
      {
        name: 'ProbeFailedExecutionsTooHigh',
        threshold: 2,
        period: '15m',
        runbookUrl: 'https://w.example/1',
      },
    ],
  })
  expect(notes).toEqual([])
})

test('api: a probe that has no id yet stands there by name, and that is said', () => {
  const { text, notes } = render('api', all, { Frankfurt: 1 })
  const { monitors }: { monitors: { check: { probes: unknown[] } }[] } = json(text)
  expect(monitors.map(({ check }) => check.probes)).toEqual([[1, 'London'], ['my "office"'], [1, 'London']])
  expect(notes).toEqual([
    expect.stringMatching(/^probes stand there by name \(London, my "office"\).*--live/),
  ])
})

/** Arguments of the provider's resources that are used here (terraform-provider-grafana, docs/resources). */
const CHECK_ARGUMENTS = {
  job: 'string',
  target: 'string',
  enabled: 'boolean',
  frequency: 'number',
  timeout: 'number',
  probes: 'object',
  labels: 'object',
  basic_metrics_only: 'boolean',
  alert_sensitivity: 'string',
  folder_uid: 'string',
  channels: 'object',
  settings: 'object',
} as const

interface Tf {
  terraform: object
  data: object
  resource: {
    grafana_synthetic_monitoring_check: Record<string, Record<string, unknown>>
    grafana_synthetic_monitoring_check_alerts: Record<string, { check_id: string; alerts: object[] }>
  }
}

test('terraform: every argument is one of the provider’s, and no name is taken twice', () => {
  const { files, text } = render('terraform', all, {})
  for (const tf of [json(files['monitors.tf.json']), json(text)] as Tf[]) {
    expect(Object.keys(tf)).toEqual(['terraform', 'data', 'resource'])
    const checks = tf.resource.grafana_synthetic_monitoring_check
    expect(Object.keys(checks)).toEqual(['shop', 'shop_no2', 'shop_no2_no2'])
    for (const check of Object.values(checks))
      for (const [name, value] of Object.entries(check))
        expect(typeof value, name).toBe(CHECK_ARGUMENTS[name as keyof typeof CHECK_ARGUMENTS])
    expect(checks.shop).toMatchObject({
      probes: [
        '${data.grafana_synthetic_monitoring_probes.main.probes["Frankfurt"]}',
        '${data.grafana_synthetic_monitoring_probes.main.probes["London"]}',
      ],
      labels: { team: 'a $${b} %%{c} "d"' },
      channels: [{ k6: [{ id: 'v2' }] }],
    })
    expect(checks.shop_no2?.probes).toEqual([
      '${data.grafana_synthetic_monitoring_probes.main.probes["my \\"office\\""]}',
    ])
    expect(tf.resource.grafana_synthetic_monitoring_check_alerts).toEqual({
      shop: {
        check_id: '${grafana_synthetic_monitoring_check.shop.id}',
        alerts: [
          {
            name: 'ProbeFailedExecutionsTooHigh',
            threshold: 2,
            period: '15m',
            runbook_url: 'https://w.example/1',
          },
        ],
      },
    })
  }
})

test('terraform: in a folder the script is a file of the very bytes; in one text it is inside, and no template', async () => {
  const rendering = render('terraform', all, {})
  const folder = await mkdtemp(join(tmpdir(), 'loadwright-render-'))
  const paths = await writeRendering(rendering, join(folder, 'tf'))
  expect(paths.map((path) => path.slice(folder.length + 1)).toSorted()).toEqual([
    ...['tf/monitors.tf.json', 'tf/shop-no2-no2.js', 'tf/shop-no2.js', 'tf/shop.js'],
  ])
  expect(sha256(await readFile(join(folder, 'tf/shop.js'), 'utf8'))).toBe(all[0]?.shape.sha256)
  expect((await readdir(join(folder, 'tf'))).length).toBe(4)
  await rm(folder, { recursive: true })

  const script = (text: string | undefined): string => {
    const { settings } = (json(text) as Tf).resource.grafana_synthetic_monitoring_check.shop ?? {}
    return (settings as [{ scripted: [{ script: string }] }])[0].scripted[0].script
  }
  expect(script(rendering.files['monitors.tf.json'])).toBe('${file("${path.module}/shop.js")}')
  const inside = script(rendering.text)
  expect(inside).not.toMatch(/(?<![$])[$]\{|(?<!%)%\{/)
  expect(inside.replaceAll('$${', '${').replaceAll('%%{', '%{')).toBe(all[0]?.code)
})

test('gcx: manifests with probes by name; what gcx has no words for is said', () => {
  const { files, text, notes } = render('gcx', all, {})
  expect(Object.keys(files)).toEqual(['shop.yaml', 'shop-no2.yaml', 'shop-no2-no2.yaml'])
  const { spec, ...head } = parse(files['shop.yaml'] ?? '') as { spec: Record<string, unknown> }
  expect(head).toEqual({
    apiVersion: 'syntheticmonitoring.ext.grafana.app/v1alpha1',
    kind: 'Check',
    metadata: { name: 'shop' },
  })
  const { settings, ...plain } = spec
  expect(plain).toEqual({
    job: 'shop',
    target: 'https://shop.example.com',
    enabled: true,
    frequency: 300_000,
    timeout: 30_000,
    basicMetricsOnly: false,
    alertSensitivity: 'none',
    probes: ['Frankfurt', 'London'],
    labels: [{ name: 'team', value: 'a ${b} %{c} "d"' }],
  })
  const { script } = (settings as { scripted: { script: string } }).scripted
  expect(sha256(Buffer.from(script, 'base64').toString())).toBe(all[0]?.shape.sha256)
  expect(parseAllDocuments(text)).toHaveLength(3)
  expect(notes).toEqual([
    'gcx has no words for the alerts of shop, the channel of shop, the folder of shop',
    expect.stringContaining('one check a file'),
  ])
})

test('no name of a manifest ends in a number, which gcx takes for an id', () => {
  for (const name of Object.keys(render('gcx', all, {}).files)) expect(name).not.toMatch(/(^|-)\d+\.yaml$/)
})

test.each(FORMATS)('%s: the same monitors give the same text', (format) => {
  expect(render(format, all, IDS)).toEqual(render(format, all, IDS))
})
