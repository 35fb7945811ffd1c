/** What the files of a project say: suites built or read, their plans, settings, secrets and monitors. */
export { pairProblems } from './bounds.ts'
export { bakedFrom } from './build/bake.ts'
export { readCsv } from './build/csv.ts'
export { bundle, MONITOR_BYTES } from './build/bundle.ts'
export { forBundle, readProject, type Project, type ProjectRead } from './build/config.ts'
export { evaluateFor } from './build/evaluated.ts'
export { strayError } from './build/importSource.ts'
export { leftOutText } from './build/measured.ts'
export { ownVariables } from './build/ownVariables.ts'
export {
  buildNamed,
  buildSuites,
  refuseBroken,
  suiteWithJourney,
  type BuiltSuite,
  type SuiteFailure,
} from './build/suites.ts'
export { typeErrors } from './build/typeErrors.ts'
export { cloudAccess, ownCloud, type CloudAccess, type OwnCloud } from './cloudAccess.ts'
export {
  BUNDLE_HEADER,
  k6Arguments,
  READABLE,
  recorderEnvironment,
  shellText,
  segmentArguments,
  statisticsOf,
  withoutSecrets,
  type InstancePart,
  type Surroundings,
} from './command.ts'
export { examineProject, type DoctorFinding } from './doctor/checks.ts'
export { estimate, estimateText, type Estimate } from './estimate.ts'
export { furtherProblems } from './refusedFlags.ts'
export { initProject } from './init/init.ts'
export { inspect } from './inspect.ts'
export { declaredMonitors, monitorIdentity, type DeclaredMonitor } from './monitors/declared.ts'
export {
  BLOCKED_ADDRESSES,
  BLOCKED_NAMES,
  LINE_BYTES,
  LOG_BYTES,
  METRICS_BYTES,
  TIMEOUT,
  VALUE_BYTES,
  type MonitorKind,
} from './monitors/limits.ts'
export { BROWSER_SUITE } from './build/hybridEntry.ts'
export { planRun, withTarget, type Plan, type PlanOptions } from './plan.ts'
export { isPreset } from './presets/isPreset.ts'
export { ejectPreset } from './presets/eject.ts'
export { presetSchema } from './presets/jsonSchema.ts'
export { chosenIn, presetNamed } from './presets/presetProject.ts'
export { missingVariables } from './presets/missingVariables.ts'
export { withPresetMonitors } from './presets/presetMonitors.ts'
export { projectPresets } from './presets/projectPresets.ts'
export { copyOf, shippedPresets } from './presets/shipped.ts'
export { projectFolder } from './projectFolder.ts'
export { shortcutOf, valuePlaces, type ScenarioFields } from './scenarioValues.ts'
export { readScript, type Script } from './script.ts'
export { withScriptOptions } from './scriptOptions.ts'
export { secretPairs, secretProblems } from './secrets.ts'
export { instanceProblems, isTagged, mostInstances, type MostInstances } from './instances.ts'
export { loadOf } from './load.ts'
export { rowsNeeded } from './uniqueRows.ts'
export { inSegment, segmentOf, segmentText } from './segment.ts'
export { estimateSeriesOf, type SeriesEstimate } from './series.ts'
export { seriesText } from './seriesText.ts'
export { firstFree } from './source/firstFree.ts'
export { importLine } from './source/importLine.ts'
export { isKeyword } from './source/isKeyword.ts'
export { plainWords } from './source/plainWords.ts'
export { keyText, quoted, templateText } from './source/text.ts'
export { WIDTH } from './source/width.ts'
export { isFile, sourceFile } from './sourceFile.ts'
export { suiteFiles } from './suiteFiles.ts'
export { childrenOf, keyName, propertiesOf, literalText } from './syntax/nodes.ts'
export { isGlobal, originOfNode } from './syntax/origin.ts'
export {
  awaitsAtTop,
  ECMA_VERSION,
  parseScript,
  type ScriptCall,
  type Import,
  type ParseResult,
  type ParsedScript,
  type SyntaxProblem,
} from './syntax/script.ts'
export { tunnelSpec, type TunnelSpec } from './tunnelSpec.ts'
export {
  divide,
  flagOf,
  OWN,
  resolveSettings,
  resolveIn,
  scriptVariables,
  variableName,
  variableValue,
  type Given,
} from './variables.ts'
export { PLACEHOLDER, placeholders, variablesOf } from './walk/environment.ts'
export { prepareScript, type PreparedScript } from './walk/standIn.ts'
export {
  suiteJourneys,
  type Exported,
  type ImportableJourney,
  type SuiteJourneys,
} from './walk/suiteJourneys.ts'
export { scenariosOf, walk, type Walk } from './walk/walk.ts'
export type { AskedRequest } from './walk/walkJourney.ts'
