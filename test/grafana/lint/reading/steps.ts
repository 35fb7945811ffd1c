import { onEach, queriesIn } from './rule.ts'

/** Steps stand in the order in which journeys make them, not by name. */
export const steps = onEach(['table'], (panel, say, { name, naming }) => {
  if (name !== 'run' || !queriesIn(panel).some((query) => query.includes('steps_completed'))) return
  const sorted = ((panel.transformations ?? []) as { id: string; options: unknown }[])
    .filter(({ id }) => id === 'sortBy')
    .map(({ options }) => (options as { sort: readonly { field: string }[] }).sort[0]?.field)
  // InfluxQL makes no labels: there the most frequent step of each journey, which is the first one, stands first.
  const { sortBy = [] } = (panel.options ?? {}) as { sortBy?: readonly { displayName: string }[] }
  const isSorted =
    naming === 'influxdb'
      ? sortBy.map(({ displayName }) => displayName).join() === 'journey,completed'
      : sorted.includes('order')
  if (!isSorted) say('its steps are not sorted by order')
})
