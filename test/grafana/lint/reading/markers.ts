import type { ReadingRule } from './rule.ts'

interface Shown {
  readonly name: string
  readonly enable?: boolean
  readonly expr?: string
  readonly target?: { readonly tags?: readonly string[] }
}

/** What Grafana keeps as a marker and Prometheus as a series is shown once. */
export const markers: ReadingRule = ({ dashboard, tell }) => {
  const shown = ((dashboard.annotations?.list ?? []) as readonly Shown[]).filter(({ enable }) => enable)
  const asked = shown.filter(({ expr }) => expr !== undefined)
  const everything = shown.filter(
    ({ target }) => target && !target.tags?.some((one) => one.startsWith('kind:')),
  )
  for (const { name } of asked.length > 0 ? everything : [])
    tell(`annotation ${name}`, `shows once more what ${asked.map((one) => one.name).join(', ')} shows`)
}
