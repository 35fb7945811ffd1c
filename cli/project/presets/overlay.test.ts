import { expect, test } from 'vitest'
import type { Config } from '../../../config/config.ts'
import { configProblems } from '../../../config/configProblems.ts'
import { sentence } from '../../../config/problem/problem.ts'
import { overlaid, overlayOf } from './overlay.ts'
import { presetIn } from './readPreset.ts'

const REQUESTS = 'requests: [{ path: / }]\n'
const inDev: Config = { environment: 'dev', environments: { dev: { target: 'https://shop.example.com' } } }
const told = async (text: string, config: Config = {}): Promise<string[]> =>
  overlayOf(await presetIn('/p/pr.yaml', 'pr.yaml', text + REQUESTS), config).problems.map(sentence)
const over = async (text: string, config: Config = {}) => {
  const { overlay, problems } = overlayOf(await presetIn('/p/pr.yaml', 'pr.yaml', text + REQUESTS), config)
  expect(configProblems(overlaid(config, overlay))).toEqual([])
  return problems.length > 0 ? problems.map(sentence) : overlay
}

test('a target of its own is an environment of its name', async () => {
  const text = `target: https://shop.example.com/x
profile: load
duration: 2m
limits: { vus: 5, duration: 10m }
regions: [amazon:us:ashburn, amazon:de:frankfurt]
tolerances: [{ metric: group_duration, step: look, limit: +10%, owner: a }]
`
  expect(await over(text)).toEqual({
    environments: {
      pr: {
        target: 'https://shop.example.com/x',
        hosts: ['shop.example.com'],
        caps: { vus: 5, duration: '10m' },
        settings: { PROFILE: 'load', DURATION: '2m' },
      },
    },
    environment: 'pr',
    cloud: {
      distribution: {
        'amazon-us-ashburn': { loadZone: 'amazon:us:ashburn', percent: 50 },
        'amazon-de-frankfurt': { loadZone: 'amazon:de:frankfurt', percent: 50 },
      },
    },
    gate: {
      tolerances: [{ metric: 'group_duration', step: 'look', limit: '+10%', owner: 'a', environment: 'pr' }],
    },
  })
})

test('without a target it changes the environment that it names, or the default', async () => {
  const config: Config = {
    environment: 'qa',
    environments: {
      qa: { target: 'http://127.0.0.1:1', caps: { vus: 50 }, settings: { SEED: '1', PROFILE: 'load' } },
    },
  }
  expect(await over('profile: stress\nlimits: { vus: 20, rate: 5 }\n', config)).toEqual({
    environments: {
      qa: {
        target: 'http://127.0.0.1:1',
        caps: { vus: 20, rate: 5 },
        settings: { SEED: '1', PROFILE: 'stress' },
      },
    },
  })
  expect(await over('environment: dev\nprofile: load\n', config)).toEqual({
    environments: { dev: { settings: { PROFILE: 'load' } } },
    environment: 'dev',
  })
  expect(await over('')).toEqual({ environments: { shop: {} } })
})

test('limits never loosen those of an environment, which it has to be', async () => {
  expect(await over('limits: { vus: 9000, rate: 401, duration: 5h }\n')).toEqual([
    'pr.yaml:1:16: limits.vus: got 9000; allowed: at most 6000, the cap of shop',
    'pr.yaml:1:28: limits.rate: got 401; allowed: at most 400, the cap of shop',
    'pr.yaml:1:43: limits.duration: got 5h; allowed: at most 4h, the cap of shop',
  ])
  expect(await over('environment: stagin\n')).toEqual([
    'pr.yaml:1:14: environment: got "stagin"; allowed: shop, dev, staging, prod-sim. Did you mean "staging"?',
  ])
  expect(await over('name: staging\ntarget: http://127.0.0.1:1\n')).toEqual([
    'pr.yaml:2:9: target: got a target, and "staging" for a name; allowed: the name of no environment that is there. Write another name, or environment: staging, whose hosts and caps then hold.',
  ])
})

test('a monitor runs where its regions are, or on the probes that it names', async () => {
  const text = `target: https://shop.example.com
regions: { amazon:us:palo alto: 60, amazon:de:frankfurt: 40 }
`
  expect(await over(`${text}monitor: { every: 10m }\n`)).toMatchObject({
    monitors: {
      pr: { target: 'https://shop.example.com', probes: ['NorthCalifornia', 'Frankfurt'], every: '10m' },
    },
    cloud: { distribution: { 'amazon-us-palo-alto': { loadZone: 'amazon:us:palo alto', percent: 60 } } },
  })
  expect(await over('environment: dev\nmonitor: { probes: [Ohio] }\n', inDev)).toMatchObject({
    monitors: { pr: { target: 'https://shop.example.com', probes: ['Ohio'], environment: 'dev' } },
  })
})

test('what cannot be a monitor is told where it stands', async () => {
  expect(await told('regions: [amazon:it:milan]\nmonitor: { every: 5m }\n', inDev)).toEqual([
    expect.stringMatching(
      /^pr.yaml:1:10: regions: got "amazon:it:milan", where no public probe is; allowed: with/,
    ),
  ])
  const alert = '{ name: ProbeFailedExecutionsTooHigh, threshold: 9, period: 5m }'
  expect(await told(`monitor: { timeout: 4m, alerts: [${alert}] }\n`)).toMatchInlineSnapshot(`
    [
      "pr.yaml:1:10: monitor.probes: got nothing; allowed: 1 to 64 names of probes, each once, such as ['Frankfurt', 'London']",
      "pr.yaml:1:21: monitor.timeout: got "4m"; allowed: 5s to 3m",
    ]
  `)
})
