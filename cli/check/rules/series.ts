import { kib } from '../../base/index.ts'
import type { Rule } from '../rule.ts'
import { estimateSeries } from '../series.ts'
import { METRICS_BYTES } from '../../project/index.ts'

/** A share of what is kept that is worth a warning. */
const WARNING_SHARE = 0.75

/** The rule about how much a monitor publishes. */
export const SERIES_RULES: readonly Rule[] = [
  {
    id: 'series',
    severity: 'error',
    looks: `a single pass whose metrics would take more than ${kib(METRICS_BYTES, 0)} of text, as estimated`,
    why: `the agent cuts the text at ${kib(METRICS_BYTES, 0)}, in random order: other series are missing each time`,
    fix: 'fewer names of requests and checks, shorter tags: a request costs 17 series, a check 3',
    find: ({ evaluation }) => {
      const { series, bytes } = estimateSeries(evaluation?.walks?.well.samples ?? [])
      if (bytes <= METRICS_BYTES * WARNING_SHARE) return []
      const got = `about ${series} series, ${kib(bytes, 0)}`
      return bytes > METRICS_BYTES
        ? [{ got }]
        : [
            {
              got,
              severity: 'warning',
              why: `near the ${kib(METRICS_BYTES, 0)} at which the agent cuts, in random order`,
            },
          ]
    },
  },
]
