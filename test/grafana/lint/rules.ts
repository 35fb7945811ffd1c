import { parse } from 'yaml'
import { alertingProblems, type Said } from './alerting.ts'
import type { Catalogue, Series } from './catalogue.ts'
import { linkProblems, textsIn, type Places, type Tell } from './finding.ts'
import { lintPromql } from './promql.ts'

/** A rule as Prometheus reads it. */
interface Rule extends Said {
  readonly record?: string
  readonly alert?: string
  readonly expr: string
}
interface Groups {
  readonly groups?: readonly {
    readonly name: string
    readonly interval?: string
    readonly rules?: readonly Rule[]
  }[]
}

/** A rule as Grafana's provisioning reads it. */
interface Provisioned extends Said {
  readonly uid?: string
  readonly title?: string
  readonly condition?: string
  readonly noDataState?: string
  readonly execErrState?: string
  readonly data?: readonly {
    readonly refId: string
    readonly datasourceUid: string
    readonly model: { readonly expr?: string }
  }[]
}

const SEVERITIES = ['critical', 'warning', 'info', 'none']

/** A catalogue, and the series that the recordings of a file add to it. */
export function recordedIn(text: string, known: Catalogue): Catalogue {
  const all = new Map<string, Series>(known)
  for (const rule of rulesOf(text)) {
    if (rule.record === undefined) continue
    const { given } = lintPromql(rule.expr, all, { series: true })
    const before = all.get(rule.record)?.labels
    const labels =
      given.labels && new Set([...given.labels, ...(before ?? []), ...Object.keys(rule.labels ?? {})])
    all.set(rule.record, {
      type: given.is === 'histograms' || given.is === 'raw native' ? 'native' : 'gauge',
      labels,
    })
  }
  return all
}

/** What is wrong in a file of Prometheus' rules. */
export function lintRules(
  text: string,
  { known, places, tell }: { known: Catalogue; places: Places; tell: Tell },
): void {
  const all = recordedIn(text, known)
  const names = ((parse(text) as Groups | null)?.groups ?? []).map(({ name }) => name)
  if (names.length === 0) tell('groups', 'there are none')
  for (const name of names.filter((one, at) => names.indexOf(one) < at))
    tell(`group ${name}`, 'two have this name')
  for (const { interval, ...rule } of rulesOf(text)) {
    const where = rule.record ?? rule.alert ?? 'a rule without a name'
    const isHistogram = rule.record?.endsWith(':histogram') === true
    const { problems, given } = lintPromql(rule.expr, all, { kept: isHistogram })
    for (const problem of problems) tell(where, problem)
    if (rule.record !== undefined && !/^[a-z_]\w*:[\w:]+$/.test(rule.record))
      tell(where, 'a recording is called level:metric:operation')
    if (rule.alert === undefined) continue
    const labels = given.labels && new Set([...given.labels, ...Object.keys(rule.labels ?? {})])
    for (const problem of alertingProblems(rule, { ...(interval && { interval }), isGrafana: false }))
      tell(where, problem)
    alertProblems(rule, { places, labels, tell: (problem) => tell(where, problem) })
  }
}

/** What is wrong in a file of Grafana's provisioned alerts. */
export function lintProvisioned(
  text: string,
  { known, places, tell, uids }: { known: Catalogue; places: Places; tell: Tell; uids: Map<string, string> },
): void {
  const { groups = [] } = (parse(text) ?? {}) as {
    groups?: readonly { readonly interval?: string; readonly rules?: readonly Provisioned[] }[]
  }
  for (const { interval, ...rule } of withIntervals(groups)) {
    const { uid = '', title = '', condition = '', data = [], noDataState, execErrState } = rule
    const where = title || uid || 'a rule without a title'
    const said = (problem: string): void => tell(where, problem)
    if (!/^[\w-]{1,40}$/.test(uid)) said('has no uid of 1 to 40 characters')
    if (uids.has(uid)) said(`its uid ${uid} is ${uids.get(uid) ?? ''}'s too`)
    uids.set(uid, where)
    if (title === '') said('has no title')
    if (!data.some(({ refId }) => refId === condition)) said(`its condition ${condition} is no query of it`)
    if (noDataState === undefined || execErrState === undefined)
      said('does not say what no data and errors mean')
    for (const { refId, datasourceUid, model } of data) {
      if (model.expr === undefined || datasourceUid === '__expr__') continue
      for (const problem of lintPromql(model.expr, known).problems) said(`${refId}: ${problem}`)
    }
    for (const problem of alertingProblems(rule, { ...(interval && { interval }), isGrafana: true }))
      said(problem)
    const { __dashboardUid__: dashboard, __panelId__: panel } = rule.annotations ?? {}
    if (dashboard !== undefined && places.panels.get(dashboard)?.has(Number(panel)) !== true)
      said(`leads to the panel ${panel ?? 'none'} of ${dashboard}, which there is not`)
    alertProblems(rule, { places, labels: undefined, tell: said })
  }
}

function alertProblems(
  { labels: own = {}, annotations = {} }: Pick<Rule, 'labels' | 'annotations'>,
  {
    places,
    labels,
    tell,
  }: { places: Places; labels: ReadonlySet<string> | undefined; tell: (problem: string) => void },
): void {
  if (!SEVERITIES.includes(own.severity ?? '')) tell(`has no label severity (${SEVERITIES.join(', ')})`)
  for (const name of ['summary', 'description']) if (!annotations[name]) tell(`has no ${name}`)
  const runbook = annotations.runbook_url ?? ''
  const anchor = /docs\/alerts\.md#([\w-]+)$/.exec(runbook)?.[1]
  if (anchor === undefined) tell('its runbook is no anchor of docs/alerts.md')
  else if (places.anchors && !places.anchors.has(anchor)) tell(`docs/alerts.md has no anchor ${anchor}`)
  for (const { text } of textsIn(annotations)) {
    for (const problem of linkProblems(text, places)) tell(problem)
    for (const [, label = ''] of text.matchAll(/\$labels\.(\w+)/g))
      if (labels && !labels.has(label)) tell(`names the label ${label}, which its series have not`)
  }
}

const rulesOf = (text: string): (Rule & { interval?: string })[] =>
  withIntervals((parse(text) as Groups | null)?.groups ?? [])

/** The rules of groups, each with how often its group is evaluated. */
const withIntervals = <One extends object>(
  groups: readonly { readonly interval?: string; readonly rules?: readonly One[] }[],
): (One & { interval?: string })[] =>
  groups.flatMap(({ interval, rules = [] }) =>
    rules.map((rule) => ({ ...rule, ...(interval && { interval }) })),
  )
