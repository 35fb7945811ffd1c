import { parseDocument } from 'yaml'
import type { About } from '../../../cli/grafana/about.ts'
import type { File } from '../../../cli/grafana/index.ts'
import { dashboardParts } from '../../../cli/grafana/panelsOf.ts'
import { NAMINGS, type Dialect } from '../../../cli/grafana/question.ts'
import type { Dashboard } from '../../../cli/grafana/schema.ts'
import { catalogue, type Catalogue } from './catalogue.ts'
import { lintDashboard } from './dashboard.ts'
import { anchorsOf, type Finding, type Places } from './finding.ts'
import { READING } from './reading/index.ts'
import { lintProvisioned, lintRules, recordedIn } from './rules.ts'

export type { Finding }

/** Every mistake in generated dashboards, rules and provisioning; `alerts` is the text of docs/alerts.md. */
export function lint(files: readonly File[], about: About, { alerts }: { alerts?: string } = {}): Finding[] {
  const findings: Finding[] = []
  const tellOf = (file: string) => (where: string, problem: string) =>
    void findings.push({ file, where, problem })
  const dashboards = files
    .filter(({ path }) => /^dashboards\/.*\.json$/.test(path))
    .map(({ path, text }) => ({ path, dashboard: JSON.parse(text) as Dashboard }))
  const places = placesOf(dashboards, alerts)
  const catalogues = new Map<Dialect['name'], Catalogue>()
  const of = (path: string): Catalogue => {
    const naming = namingOf(path)
    const known = catalogues.get(naming) ?? catalogueOf(naming, files, about)
    catalogues.set(naming, known)
    return known
  }

  for (const { path, dashboard } of dashboards) {
    const tell = tellOf(path)
    const twin = dashboards.find((one) => one.path < path && one.dashboard.uid === dashboard.uid)
    if (twin) tell('dashboard', `its uid is that of ${twin.path}`)
    lintDashboard(dashboard, { naming: namingOf(path), known: of(path), places, tell })
    const name = path.replace(/^.*\/|\.json$/g, '')
    for (const rule of READING) rule({ dashboard, name, naming: namingOf(path), about, tell })
  }
  const uids = new Map<string, string>()
  for (const { path, text } of files) {
    // A file for people to copy (`….yaml.example`) is to be right, too.
    if (/\.ya?ml(\.example)?$/.test(path)) {
      const { errors } = parseDocument(text)
      for (const { message } of errors) tellOf(path)('YAML', message)
      if (errors.length > 0) continue
    }
    const beside = { known: of(path), places, tell: tellOf(path) }
    if (/^rules\/.*\.ya?ml$/.test(path)) lintRules(text, beside)
    else if (/^provisioning\/.*alert.*\.ya?ml(\.example)?$/.test(path))
      lintProvisioned(text, { ...beside, uids })
  }
  return findings
}

/** The naming of a file, by its path; of rules that name none, k6's with native histograms. */
const namingOf = (path: string): Dialect['name'] => NAMINGS.find((name) => path.includes(name)) ?? 'native'

/** What a naming has, with the recordings of its rules. */
function catalogueOf(naming: Dialect['name'], files: readonly File[], about: About): Catalogue {
  const known = catalogue(naming, about)
  if (naming === 'influxdb') return known
  // Recordings that name no naming are of counters alone, and so of every one in k6's remote write.
  const its = files.filter(
    ({ path }) =>
      /^rules\/.*\.ya?ml$/.test(path) &&
      (namingOf(path) === naming || (naming !== 'otel' && namingOf(path) === 'native')),
  )
  return its.reduce((all, { text }) => recordedIn(text, all), known)
}

function placesOf(dashboards: readonly { dashboard: Dashboard }[], alerts: string | undefined): Places {
  const panels = dashboards.map(({ dashboard }): [string, Set<number>] => {
    const { panels: all, rows } = dashboardParts(dashboard)
    return [dashboard.uid ?? '', new Set([...all, ...rows].map(({ id }) => id))]
  })
  return { panels: new Map(panels), anchors: alerts === undefined ? undefined : anchorsOf(alerts) }
}
