// What a candidate of `npm run bench:verdict` is: the load that all runs have, and what is wrong with some of them.

/** Short, and with 200 and more samples of each step in the judged phase, so that p95 counts. */
export const LOAD = [
  ...['--profile', 'load', '--ramp-up', '200ms', '--warm-up', '1500ms', '--duration', '4500ms'],
  ...['--ramp-down', '200ms'],
]

/** The services of the shop and what they take, as medians in milliseconds; the last one is that which becomes slower. */
const SERVICES = { '/': 60, '/product': 80, '/cart': 40, '/cart/checkout': 120 }
const SIGMA = 0.2
/** The step that the slower service answers. */
export const SLOWER_STEP = 'place order'

/** @param {number} [slower] by how much orders are slower: 0.15 is 15 % */
const times = (slower = 0) =>
  Object.entries(SERVICES).map(
    ([route, ms]) =>
      `latency=${route}:lognormal(${route === '/cart/checkout' ? ms * (1 + slower) : ms},${SIGMA})`,
  )

/** Four of five requests fail in 1.25 % of cases; the fifth is tried before load starts, which a failure would end. */
const ERRORS = ['/', '/cart', '/cart/checkout'].map((route) => `errors=${route}:0.0125`)

/**
 * @typedef {object} Kind
 * @property {string} about
 * @property {string[]} faults
 * @property {'same' | 'worse' | 'cannot tell'} expected what is to be said of it
 * @property {string} [step] the step that is to be named
 * @property {boolean} [busy] the machine is kept busy meanwhile
 */

/** @type {Readonly<Record<string, Kind>>} */
export const KINDS = {
  same: { about: 'nothing changed', faults: times(), expected: 'same' },
  'slower-15': {
    about: 'orders +15 %',
    faults: times(0.15),
    expected: 'worse',
    step: SLOWER_STEP,
  },
  'slower-30': {
    about: 'orders +30 %',
    faults: times(0.3),
    expected: 'worse',
    step: SLOWER_STEP,
  },
  errors: { about: 'errors +1 point', faults: [...times(), ...ERRORS], expected: 'worse' },
  'cold-start': { about: 'a slow start', faults: [...times(), 'warm-up=1.5:8'], expected: 'same' },
  busy: { about: 'a busy machine', faults: times(), expected: 'cannot tell', busy: true },
}

/** The kind that baselines are made of. */
export const BASE = 'same'
