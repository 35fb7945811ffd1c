import type { Shape } from '../../config/workload/shape.ts'
import type { RunRecord } from './runRecord.ts'

/** The scenarios that k6 ran, by name: those that its arguments made, else those that the script has. */
export const ranScenarios = ({
  load,
  declared,
}: Pick<RunRecord, 'load'> & { readonly declared?: RunRecord['declared'] | undefined }): Readonly<
  Record<string, Shape>
> => load.scenarios ?? declared?.scenarios ?? {}
