import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PUBLIC_PROBES } from '../../../config/monitor/monitor.ts'
import { refuse } from '../../base/index.ts'
import { examineScript, type Finding } from '../../check/index.ts'
import { declaredMonitors, type BuiltSuite, type DeclaredMonitor, type Project } from '../../project/index.ts'
import { bakeMonitor } from './bake.ts'
import { checkShape, type CheckShape } from './monitorCheck.ts'
import { probeReachProblems } from './reach.ts'

/** A declared monitor with the bundle that it is to run. */
export interface MonitorBundle extends Pick<BuiltSuite, 'code' | 'manifest' | 'map'> {
  declared: DeclaredMonitor
  shape: CheckShape
}

/** A monitor whose bundle was looked at. */
export interface Examined extends MonitorBundle {
  /** Series that a probe publishes, about, beside the agent's own. */
  series: number
  /** What breaks the contract of a monitor. */
  findings: readonly Finding[]
}

/** Builds every monitor that a project declares. Throws UserError with what cannot be declared or built. */
export async function readyMonitors(project: Project): Promise<MonitorBundle[]> {
  refuse(project.problems ?? [])
  const monitors = declaredMonitors(project.config)
  refuse(probeReachProblems(monitors, isPublicProbe))
  const folder = await mkdtemp(join(tmpdir(), 'loadwright-monitors-'))
  try {
    const sources = new Map<string, string>()
    const all: MonitorBundle[] = []
    for (const declared of monitors) {
      // By its file once that is known: a name costs the build of every suite.
      const suite = sources.get(declared.suite) ?? declared.suite
      const { code, manifest, map } = await bakeMonitor(project, { ...declared, suite }, folder)
      sources.set(declared.suite, manifest.source)
      all.push({ declared, code, manifest, map, shape: checkShape(declared, code) })
    }
    return all
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Holds each monitor's bundle against the contract of a monitor, and counts what it would publish. */
export async function examined(all: readonly MonitorBundle[]): Promise<Examined[]> {
  const results: Examined[] = []
  for (const ready of all) {
    const { code, map, manifest, shape } = ready
    const about = { file: manifest.source, map, timeout: shape.timeout }
    const { published, findings } = await examineScript(code, about)
    results.push({ ...ready, series: published?.series ?? 0, findings })
  }
  return results
}

/** Whether a name is that of one of Grafana's public probes. */
export const isPublicProbe = (name: string): boolean => (PUBLIC_PROBES as readonly string[]).includes(name)
