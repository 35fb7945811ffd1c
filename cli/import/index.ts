/** What people bring: recordings of other tools, as suites in the project's own style. */
export { importRecording, type Imported } from './importRecording.ts'
