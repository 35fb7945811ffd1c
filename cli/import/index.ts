/** What people bring: recordings of other tools, as suites in the project's own style. */
export type { Imported } from './imported.ts'
export { importMetrics } from './importMetrics.ts'
export { importRecording } from './importRecording.ts'
