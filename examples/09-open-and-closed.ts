/** Open load, closed load, and one rate divided among several journeys, side by side in one suite. */
import { suite } from 'loadwright'
import { browse, checkout, currency, shop } from 'loadwright/journeys/boutique'
import { mix, workload } from 'loadwright/scenarios'

const scenario = workload()

const sizes = suite({
  name: 'sizes',
  metrics: [shop],
  scenarios: {
    // Open: 6 iterations start per second, however slow the target is. For visitors who do not know of each other.
    visitors: scenario(browse, { rate: 6 }),
    // Closed: 4 users, who each start again when they are done; a slow target slows them. For tills, workers, queues.
    tills: scenario(checkout, { vus: 4 }),
    // One rate of 8 per second: three of four browse, one changes the currency.
    ...mix(scenario, { rate: 8 }, { guests: [browse, 3], travellers: [currency, 1] }),
  },
})
// `--rate 28` doubles all open workloads together, `--vus 8` the closed one; each keeps its share. `--scale 2` doubles all.

export const { options, setup, teardown, handleSummary } = sizes
export default sizes
