import type { MetricKind } from '../config/index.ts'

/** What is known of a metric before anything is measured. */
export interface MetricEntry {
  kind: MetricKind
  meaning: string
  /** `ms` for times (k6 then treats them as times), else the unit people read, such as `EUR`. */
  unit?: string
  /** The names of tags that samples may carry beside the ambient ones. */
  by?: readonly string[]
  /** `starts`: samples carry the phase in which the iteration began. */
  over?: 'starts'
}

/** Every metric that the library itself emits; ambient tags on all: journey, step, phase, scenario. */
export const CATALOG = {
  journeys_started: { kind: 'counter', meaning: 'Journeys begun, by the phase in which they began' },
  journeys_completed: { kind: 'counter', meaning: 'Journeys that reached their end' },
  journeys_failed: { kind: 'counter', meaning: 'Journeys abandoned by ensure() or ended by an error' },
  journey_failed: { kind: 'rate', meaning: 'Share of ended journeys that failed' },
  journey_duration: { kind: 'trend', meaning: 'Time of a journey, think time excluded', unit: 'ms' },
  steps_completed: {
    kind: 'counter',
    meaning: 'Steps that reached their end, by the phase in which the journey began',
  },
  span_duration: { kind: 'trend', meaning: 'Time of a span', unit: 'ms', by: ['span'] },
  checks_succeeded: { kind: 'counter', meaning: 'Checks that held' },
  checks_failed: { kind: 'counter', meaning: 'Checks that did not hold' },
  tunnel_errors: {
    kind: 'counter',
    meaning: 'Responses made by the tunnel in front of the target, not by the target',
    by: ['code'],
  },
} as const satisfies Record<string, MetricEntry>

/** k6's own metric to which steps add; re-declaring it gives the built-in one. */
export const GROUP_DURATION = 'group_duration'

/** Tags that the library sets on samples. */
export const TAGS = ['journey', 'step', 'phase'] as const

/** The name of the array in which the VUs of a process share the settings. */
export const SETTINGS_ARRAY = 'loadwright settings'
