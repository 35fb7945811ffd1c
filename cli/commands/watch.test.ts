import { expect, test } from 'vitest'
import { typed } from '../../test/doubles/typed.ts'
import { addWatch } from './watch.ts'

/** What `loadwright watch …` prints on stdout, and its exit code. */
const watch = (...args: string[]) => typed([addWatch], 'watch', ...args)

const QUERY = 'error rate=sum(rate(errors_total{version="$version"}[1m]))'
const VERSIONS = ['--canary', 'v2', '--stable', 'v1']
const LOADED = ['--canary', 'http://127.0.0.1:1', '--stable', 'http://127.0.0.1:2']
const ASKED = [...VERSIONS, '--prometheus', 'http://127.0.0.1:9090', '--query', QUERY]

test('a dry run tells what would be asked and run, and asks nobody', async () => {
  const traffic = 'sum(rate(requests_total{version="$version"}[1m]))'
  const { text, code } = await watch(
    ...ASKED,
    ...['--traffic', traffic, '--on-rollback', 'kubectl argo rollouts abort shop', '--dry-run'],
  )
  expect(code).toBe(0)
  expect(text).toMatchInlineSnapshot(`
    "asks http://127.0.0.1:9090 10 times, each 1m, for 10m

    error rate
      canary  sum(rate(errors_total{version="v2"}[1m]))
      stable  sum(rate(errors_total{version="v1"}[1m]))

    traffic
      canary  sum(rate(requests_total{version="v2"}[1m]))

    on roll back: kubectl argo rollouts abort shop
    "
  `)
})

test.each([
  [['--canary', 'v2'], '--stable: got nothing'],
  [['--canary', 'v1', '--stable', 'v1'], '--canary, --stable: got "v1" twice'],
  [[...ASKED, '--canary', 'v2"} or up{a="'], '--canary: got '],
  [[...LOADED, '--query', QUERY], '--query: got a query; allowed: only with --prometheus'],
  [[...LOADED, '--base-url', 'http://127.0.0.1:3'], 'nothing: --canary and --stable are the targets'],
  [[...LOADED, '--duration', '3s'], 'nothing: --interval is how long a run lasts'],
  [[...LOADED, '--for', '4m'], 'got 4 pairs of runs of 30s in 4m; allowed: 5 pairs or more. Give --for 5m'],
  [
    [...LOADED, '--tolerance', '10'],
    '--tolerance: got "10"; allowed: +10% of times, +0.5 points of failures',
  ],
  [[...ASKED, '--tolerance', '+10%'], '--tolerance: got a tolerance; allowed: only with a watch by load'],
  [['boutique', ...ASKED], 'watch: got a suite; allowed: only with a watch by load'],
  [VERSIONS, '--canary: got "v2"; allowed: a URL such as https://canary.example.com; or --prometheus'],
  [[...VERSIONS, '--prometheus', 'http://127.0.0.1:9090'], '--query: got nothing'],
  [[...VERSIONS, '--prometheus', 'shop', '--query', QUERY], '--prometheus: got "shop"'],
  [
    [...VERSIONS, '--prometheus', 'http://me:secret@127.0.0.1', '--query', QUERY],
    'K6_PROMETHEUS_RW_USERNAME',
  ],
  [[...ASKED, '--query', QUERY], '--query: got "error rate" twice'],
  [[...ASKED, '--query', 'up'], '--query: got "up"; allowed: name=PromQL'],
  [
    [...ASKED, '--query', 'up=up{version="v2"}'],
    '--query up.query: got "up{version=\\"v2\\"}"; allowed: PromQL with',
  ],
  [[...ASKED, '--query', 'e=e_total{v="$version"}'], 'e: got the counter "e_total" itself'],
  [[...ASKED, '--traffic', 'up'], '--traffic.traffic.query: got "up"'],
  [[...ASKED, '--for', 'soon'], '--for: got "soon"'],
  [[...ASKED, '--for', '4m'], '--for, --interval: got 4 looks in 4m; allowed: 5 looks or more'],
  [
    [...ASKED, '--interval', '30s', '--for', '4m'],
    'got 8 looks in 4m, of which each sees the last 1m; allowed: 5 looks',
  ],
  [[...ASKED, '--interval', '0'], '--interval: got "0"'],
  [[...ASKED, '--on-hold', ' '], '--on-hold: got nothing'],
  [[...ASKED, '--hook-timeout', '-1s'], '--hook-timeout: got "-1s"'],
  [[...ASKED, '--format', 'html'], '--format: got "html"'],
])('%j is refused: %s', async (args, message) => {
  await expect(watch(...args)).rejects.toThrow(message)
})

test('a server that does not answer is refused before anything is watched', async () => {
  const args = [
    ...VERSIONS,
    '--prometheus',
    'http://127.0.0.1:1',
    '--query',
    QUERY,
    '--on-rollback',
    'exit 1',
  ]
  await expect(watch(...args)).rejects.toThrow('--prometheus: the server does not answer (ECONNREFUSED)')
})
