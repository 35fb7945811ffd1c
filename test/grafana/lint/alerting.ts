/** What a rule says to whoever is woken by it, in Prometheus' form or Grafana's. */
export interface Said {
  readonly annotations?: Readonly<Record<string, string>>
  readonly labels?: Readonly<Record<string, string>>
  readonly for?: string
  readonly notification_settings?: { readonly receiver?: string }
}

/** Seconds of a duration as Prometheus writes it. */
const secondsOf = (text: string): number => {
  const [, number = '0', unit = 's'] = /^(\d+)([smh])$/.exec(text) ?? []
  return Number(number) * { s: 1, m: 60, h: 3600 }[unit as 's' | 'm' | 'h']
}

/** Runs may last a minute: how often what is of them is evaluated (s), and how long it may wait. */
const MOST = { interval: 10, for: 60 }

/** Words that a template takes from an alert, which may lack them: `{{ with $labels.x }}` says something else then. */
const unguarded = (text: string): string[] =>
  [...text.matchAll(/\{\{-? *(with|if|range)?[^{}]*?(\$(?:labels|values)\.\w+)[^{}]*\}\}/g)].flatMap(
    ([, guard, what = '']) => (guard ? [] : [what]),
  )

/** What is wrong with how an alert reaches people: when it is evaluated, where it leads, what it says. */
export function alertingProblems(
  rule: Said,
  { interval = '', isGrafana }: { readonly interval?: string; readonly isGrafana: boolean },
): string[] {
  const { annotations = {}, labels = {} } = rule
  const { runbook_url: runbook, dashboard = '', __dashboardUid__: uid, __panelId__: panel } = annotations
  const isOfRun = /\/?d\/loadwright-run-/.test(dashboard)
  const isHeartbeat = labels.severity === 'none'
  const problems: string[] = []
  if (!/^https?:\/\//.test(runbook ?? '')) problems.push('its runbook_url is no address of a page')
  if (isGrafana && !isHeartbeat && !(uid && /^\d+$/.test(panel ?? '')))
    problems.push('names no panel: __dashboardUid__ and __panelId__ are missing')
  if (isOfRun && !dashboard.includes('&from=')) problems.push('leads to a run without its time')
  if (isOfRun && !(interval !== '' && secondsOf(interval) <= MOST.interval))
    problems.push(`is evaluated less often than every ${MOST.interval} s`)
  if (isOfRun && secondsOf(rule.for ?? '0s') > MOST.for) problems.push(`waits longer than ${MOST.for} s`)
  if (isGrafana && isHeartbeat && !rule.notification_settings?.receiver)
    problems.push('is always firing, and has no receiver of its own')
  for (const [name, text] of Object.entries(annotations))
    for (const what of unguarded(text)) problems.push(`${name} says ${what} where there may be none`)
  return problems
}
