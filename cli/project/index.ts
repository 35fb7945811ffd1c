/** What the files of a project say: suites built or read, their plans, settings, secrets and monitors. */
export { pairProblems } from './bounds.ts'
export { bakedFrom } from './build/bake.ts'
export { bundle, MONITOR_BYTES } from './build/bundle.ts'
export { forBundle, readProject, type Project } from './build/config.ts'
export { evaluateFor } from './build/evaluated.ts'
export { strayError } from './build/importSource.ts'
export { ownVariables } from './build/ownVariables.ts'
export {
  buildNamed,
  buildSuites,
  refuseBroken,
  suiteFiles,
  suiteWithJourney,
  type BuiltSuite,
  type SuiteFailure,
} from './build/suites.ts'
export { typeErrors } from './build/typeErrors.ts'
export { accessOf, ownCloud, type Access, type OwnCloud } from './cloudAccess.ts'
export { k6Arguments, READABLE, recorderEnvironment, shellText, withoutSecrets } from './command.ts'
export { examine, type Finding } from './doctor/checks.ts'
export { estimate, estimateText, type Estimate } from './estimate.ts'
export { furtherProblems } from './further.ts'
export { initProject } from './init/init.ts'
export { inspect } from './inspect.ts'
export { declaredMonitors, identity, type Declared } from './monitors/declared.ts'
export {
  BLOCKED_ADDRESSES,
  BLOCKED_NAMES,
  LINE_BYTES,
  LOG_BYTES,
  METRICS_BYTES,
  TIMEOUT,
  VALUE_BYTES,
  type Kind,
} from './monitors/limits.ts'
export { planRun, withTarget, type Plan } from './plan.ts'
export { projectFolder } from './projectFolder.ts'
export { shortcutOf, valuePlaces, type Fields } from './scenarioValues.ts'
export { readScript, type Script } from './script.ts'
export { secretPairs, secretProblems } from './secrets.ts'
export { loadOf } from './load.ts'
export { inSegment, segmentOf, segmentText } from './segment.ts'
export { estimateSeriesOf, type SeriesEstimate } from './series.ts'
export { seriesText } from './seriesText.ts'
export { isFile, sourceFile } from './sourceFile.ts'
export { keyName, propertiesOf, textOf } from './syntax/nodes.ts'
export { isGlobal, originOf } from './syntax/origin.ts'
export {
  awaitsAtTop,
  ECMA_VERSION,
  parseScript,
  type Call,
  type Import,
  type Parsed,
  type ParsedScript,
  type SyntaxProblem,
} from './syntax/script.ts'
export { tunnelSpec, type TunnelSpec } from './tunnelSpec.ts'
export {
  divide,
  flagOf,
  OWN,
  resolve,
  resolveIn,
  scriptVariables,
  variableName,
  variableValue,
  type Given,
} from './variables.ts'
export { PLACEHOLDER, placeholders, variablesOf } from './walk/environment.ts'
export { prepare, type Prepared } from './walk/standIn.ts'
export { scenariosOf, walk, type Walk } from './walk/walk.ts'
