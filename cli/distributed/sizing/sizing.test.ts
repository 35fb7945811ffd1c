import { expect, test } from 'vitest'
import { costOf, type Cost, type Seen } from './cost.ts'
import type { Sizing } from './kept.ts'
import { thisMachine, type Machine } from './machine.ts'
import { fitOf, needOf, timesOn, type Asked } from './need.ts'
import { shortOf } from './shortOf.ts'
import { sizingText } from './words.ts'

const MIB = 2 ** 20

/** A k6 that takes 40 MiB and 10 files, and for its 2 s or 8 s 1 % of a core; a VU 0.5 MiB, 2 files, and 3 ms once. */
const seen = (vus: number, each: number): Seen => ({
  vus,
  iterations: vus * each,
  failed: 0,
  cpu: each * 0.02 + vus * 0.003 + vus * each * 0.002,
  memory: (40 + vus / 2) * MIB,
  files: 10 + vus * 2,
  requests: vus * each * 4,
  sent: 500 + vus * each * 100,
  received: vus * each * 1000,
  lasts: vus > 50 ? 9 : 2,
})
const runs = {
  few: { short: seen(4, 1), long: seen(4, 4) },
  many: { short: seen(100, 1), long: seen(100, 4) },
}

test('an iteration costs what more of them took beyond time; a VU what many hold beyond few', () => {
  const { cost, base } = costOf(runs)
  expect(cost.cpu).toBeCloseTo(0.002, 9)
  expect(cost).toMatchObject({ iterations: 400, requests: 4, sent: 100, received: 1000, lasts: 2, files: 2 })
  expect(cost.memory).toBeCloseTo(MIB / 2)
  expect(base.memory).toBeCloseTo(40 * MIB)
  expect(base.files).toBeCloseTo(10)
})

const cost: Cost = costOf(runs).cost
const sizing: Sizing = {
  suite: 'shop',
  sha256: 'ab',
  machine: 'linux x64, 2 CPUs, 8 GiB',
  k6: 'v2.2.0',
  at: '2026-11-30T12:00:00Z',
  target: 'the embedded shop',
  base: costOf(runs).base,
  scenarios: { open: cost, closed: cost },
}
const machine: Machine = { cpu: 2, memory: 1000 * MIB, files: 1000, ports: 10_000 }
const open = (rate: number, maxVUs: number) => ({
  scenarios: { open: { executor: 'constant-arrival-rate', rate, duration: '1m', maxVUs } },
})
const closed = (vus: number) => ({ scenarios: { closed: { executor: 'constant-vus', vus, duration: '1m' } } })

test('a scenario that was never measured costs something, which is told', () => {
  const both = {
    scenarios: {
      ...open(100, 200).scenarios,
      ...closed(1000).scenarios,
      other: { executor: 'constant-vus', vus: 1000, duration: '1m' },
    },
  }
  const [known, all] = [
    { ...both, scenarios: { open: both.scenarios.open, closed: both.scenarios.closed } },
    both,
  ].map((one) => needOf(one, sizing))
  expect([known?.unknown, all?.unknown]).toEqual([[], ['other']])
  expect((all?.memory ?? 0) - (known?.memory ?? 0)).toBeGreaterThan(100 * MIB)
  expect(sizingText(sizing, machine, [{ profile: 'load', options: both }])).toMatch(
    /needs at least|at least \d+ machines?[^]*what other cost is unknown/,
  )
})

test('a load needs the rate and the VUs of its peak; a closed one is as fast as its iterations', () => {
  expect(needOf(open(100, 200), sizing)).toMatchObject({ vus: 200, rate: 100, requests: 400, ports: 400 })
  expect(needOf(open(100, 200), sizing).cpu).toBeCloseTo(0.2)
  expect(needOf(open(100, 200), sizing).memory).toBeCloseTo(140 * MIB)
  expect(needOf(closed(200), sizing).rate).toBe(100)
  expect(needOf(closed(200), sizing).bandwidth).toBe(100_000)
})

test('connections that are not kept hold their ports for a minute', () => {
  expect(needOf({ ...open(10, 20), noConnectionReuse: true }, sizing).ports).toBe(40 + 10 * 4 * 60)
  expect(needOf({ ...open(10, 20), noVUConnectionReuse: true }, sizing).ports).toBe(40 + 10 * 2 * 60)
})

test.each([
  ['a little', open(100, 200), 1, 1],
  ['CPU for two', open(801, 200), 2, 1],
  ['the files of two processes', open(10, 500), 1, 2],
  ['memory of three, each with its own k6', open(10, 3100), 3, 3],
])('%s', (_, load, machines, instances) => {
  expect(fitOf(needOf(load, sizing), sizing.base, machine)).toMatchObject({ machines, instances })
})

test('one machine holds so many times a load, until a resource ends that further processes do not add', () => {
  expect(timesOn(needOf(open(100, 200), sizing), sizing.base, machine)).toMatchObject({ ends: 'memory' })
  expect(timesOn(needOf(open(100, 200), sizing), sizing.base, machine).times).toBeCloseTo(7.6)
  expect(timesOn(needOf(open(100, 20), sizing), sizing.base, machine)).toMatchObject({ ends: 'cpu' })
})

const short = (options: Asked, instances: number, of: Sizing | null = sizing) =>
  shortOf({ options, iteration: { open: { requests: 4 } }, instances, sizing: of ?? undefined }, machine).map(
    (line) => /^\w+( files)?/.exec(line)?.[0],
  )

test('what is too little is told, by what was measured, else by the least that any script needs', () => {
  expect(short(open(100, 200), 1)).toEqual([])
  expect(short(open(900, 500), 1)).toEqual(['CPU', 'open files'])
  expect(short(open(100, 500), 2)).toEqual([])
  expect(short(open(900, 500), 1, null)).toEqual([])
  expect(short(open(100_000, 1200), 1, null)).toEqual(['CPU', 'open files'])
  // A closed load is as fast as CPU and target let it.
  expect(short(closed(400_000), 1)).toEqual(['memory', 'open files', 'ports'])
  expect(shortOf({ options: open(10, 450), iteration: {}, instances: 1, sizing }, machine))
    .toMatchInlineSnapshot(`
    [
      "open files: this load needs about 910, and there are 1,000 (ulimit -Hn, for each process), of which 80 % are to be used. Give it more --instances, each of which may open so many, or a higher limit (ulimit -Hn)",
    ]
  `)
})

test('a machine that makes a part of a load needs that part, and a k6 of its own', () => {
  const shortIn = (machines: number) =>
    shortOf({ options: open(900, 500), iteration: {}, instances: 1, machines, sizing }, machine)
  expect(shortIn(2)).toEqual([])
  expect(shortIn(1)).toHaveLength(2)
  const [line] = shortOf(
    { options: open(10, 900), iteration: {}, instances: 1, machines: 2, sizing },
    machine,
  )
  expect(line).toMatch(/^open files: this part of the load needs about 910, and there are 1,000/)
})

test('a machine has what Linux says of it, and what it does not say is unknown', () => {
  const files: Record<string, string> = {
    '/proc/meminfo': 'MemTotal: 1000 kB\nMemAvailable: 500 kB\n',
    '/proc/self/limits': 'Max open files            1024                 4096                 files     \n',
    '/proc/sys/net/ipv4/ip_local_port_range': '32768\t60999\n',
    '/proc/net/route': 'Iface\tDestination\neth0\t00000000\t010200C0\n',
    '/sys/class/net/eth0/speed': '1000\n',
  }
  const read = (path: string): string => files[path] ?? ''
  const { cpu, ...rest } = thisMachine(read)
  expect(cpu).toBeGreaterThan(0)
  expect(rest).toEqual({ memory: 512_000, files: 4096, ports: 28_232, bandwidth: 125e6 })
  files['/sys/class/net/eth0/speed'] = '-1\n'
  expect(Object.keys(thisMachine(read))).toEqual(['cpu', 'memory', 'files', 'ports'])
  expect(Object.keys(thisMachine(() => ''))).toEqual(['cpu'])
})

test('what was measured, what there is, and what each profile needs', () => {
  const loads = [
    { profile: 'load', options: open(100, 200) },
    { profile: 'breakpoint', options: open(1000, 2000) },
  ]
  const failing = { ...sizing, scenarios: { open: { ...cost, failed: 0.2 } } }
  expect(sizingText(failing, machine, loads)).toMatchInlineSnapshot(`
    "shop on this machine (linux x64, 2 CPUs, 8 GiB), measured 2026-11-30 12:00 UTC with k6 v2.2.0 on the embedded shop

    An iteration of a scenario, and a VU
      a scenario     CPU  requests   sent  received   lasts  a VU holds  open files
      open        2.0 ms         4  100 B   1,000 B  2.00 s     512 KiB           2
    k6 itself: 40 MiB, 10 open files.

    This machine
      CPU         2 cores (the cores that this machine may use)
      memory      1,000 MiB (what is available now)
      open files  1,000 (ulimit -Hn, for each process)
      ports       10,000 (net.ipv4.ip_local_port_range, for all connections to one address)
      bandwidth   the system does not tell

    It holds, of the mix of profile load, about 1,500 VUs, 760 iterations/s, 3,000 requests/s; its memory ends first.

    What each profile needs: machines like this, of which 80 % are to be used, that is 100 % here
      profile         VUs  iterations/s    CPU  memory  open files  ports                               needs
      load          ≤ 200           100   13 %    17 %        51 %    5 %                           1 machine
      breakpoint  ≤ 2,000         1,000  130 %   130 %       500 %   50 %  2 machines with --instances 3 each

    20 % of the iterations of open failed: whole ones cost more. See why: npx loadwright dev
    These are estimates, with the embedded shop or a quick target. Each scenario ran with few and with many VUs, shortly and
    for longer; the differences, in CPU time (which other programs hardly change), memory and open files, are its costs.
    Measured again, they differ by up to 20 %. TLS, larger answers, outputs and the first iterations of a VU cost more, and
    a slower target needs more VUs for a rate."
  `)
})
